import type { Verdict } from '../../src/bundle/finding.ts'
import {
  type ArchivePlan,
  type EntryPlan,
  utf8,
  writeZip,
} from '../../src/bundle/testing/zip-writer.ts'
import { app, toml } from './samples.ts'

/** What an inspection has to say. */
export type Expectation = {
  verdict: Verdict
  /** "severity code" of findings that must be there. No other error may be. */
  codes: readonly string[]
  /** Words of the first finding's message. */
  says?: string
}

/** One bundle of the corpus, and what has to be said about it. */
export type HostileCase = {
  /** Unique in its family; completes "it is …" or "it has …". */
  name: string
  /** The same bytes every time. */
  build(): Uint8Array | Promise<Uint8Array>
  expect: Expectation
  /** What is wrong is in data or headers that a first look doesn't read. */
  thoroughOnly?: true
  /** The app.toml, where it is what the case is about. */
  manifest?: Uint8Array
  /** Why the inspector doesn't say it yet. The case is written and built, but not inspected. */
  knownGap?: string
}

/** Cases of one kind, in a file of their own. */
export type Family = { name: string; cases: readonly HostileCase[] }

/** Nothing but advice. */
export const fine: Expectation = { verdict: 'ok', codes: [] }

/** Refused, with at least these errors and no others. */
export function refused(...codes: readonly [string, ...string[]]): Expectation {
  return { verdict: 'error', codes: codes.map((code) => `error ${code}`) }
}

/** Let in, with at least these warnings. */
export function warned(...codes: readonly [string, ...string[]]): Expectation {
  return { verdict: 'warn', codes: codes.map((code) => `warning ${code}`) }
}

/** Let in, with at least these pieces of advice. */
export function advised(...codes: readonly [string, ...string[]]): Expectation {
  return { verdict: 'ok', codes: codes.map((code) => `advice ${code}`) }
}

/** Refused, and the first finding says so in these words. */
export function says(words: string, expect: Expectation): Expectation {
  return { ...expect, says: words }
}

/** A file of these bytes. */
export function ofBytes(
  name: string,
  expect: Expectation,
  build: Uint8Array | HostileCase['build'],
): HostileCase {
  return { name, expect, build: build instanceof Uint8Array ? () => build : build }
}

/** An archive as planned; a function where the plan is large or takes work. */
export function ofPlan(
  name: string,
  expect: Expectation,
  plan: ArchivePlan | (() => ArchivePlan | Promise<ArchivePlan>),
): HostileCase {
  return {
    name,
    expect,
    build: async () => writeZip(typeof plan === 'function' ? await plan() : plan),
  }
}

/** A complete bundle with these entries after its app.toml and app.py. */
export function withEntries(
  name: string,
  expect: Expectation,
  ...entries: readonly EntryPlan[]
): HostileCase {
  return ofPlan(name, expect, { entries: [toml, app, ...entries] })
}

/** A complete bundle with this app.toml. */
export function ofManifest(
  name: string,
  expect: Expectation,
  text: string | Uint8Array,
): HostileCase {
  const manifest = typeof text === 'string' ? utf8(text) : text
  return { ...ofPlan(name, expect, { entries: [{ ...toml, data: manifest }, app] }), manifest }
}

/** A case that a first look doesn't find. */
export function thorough(hostile: HostileCase): HostileCase {
  return { ...hostile, thoroughOnly: true }
}
