import { describe, expect, test } from 'vitest'
import { inspectBundle, type Inspection } from '../../src/bundle/inspect.ts'
import { utf8, writeZip } from '../../src/bundle/testing/zip-writer.ts'
import type { Family, HostileCase } from './case.ts'
import { archiveFamilies, manifestFamilies } from './corpus.ts'
import { app, toml } from './samples.ts'
import { faultsOf } from './well-formed.ts'

const families = [...archiveFamilies, ...manifestFamilies]

function inspect(data: Uint8Array, thorough: boolean): Promise<Inspection> {
  return inspectBundle(new Blob([new Uint8Array(data)]), { thorough })
}

function codesOf({ findings }: Inspection): string[] {
  return [...new Set(findings.map(({ severity, code }) => `${severity} ${code}`))]
}

async function check(hostile: HostileCase, data: Uint8Array): Promise<void> {
  const { verdict, codes, says } = hostile.expect
  const inspection = await inspect(data, true)
  const found = codesOf(inspection)
  expect(inspection.verdict, found.join(', ')).toBe(verdict)
  expect(found).toEqual(expect.arrayContaining([...codes]))
  const unexpected = found.filter((code) => code.startsWith('error ') && !codes.includes(code))
  expect(unexpected).toEqual([])
  if (says !== undefined) expect(inspection.findings[0]?.message).toContain(says)
  expect(inspection.findings.flatMap(faultsOf)).toEqual([])

  const quick = await inspect(data, false)
  expect(quick.findings.flatMap(faultsOf)).toEqual([])
  // A first look may find less, but only where the case says so.
  if (hostile.thoroughOnly) expect(quick.verdict).not.toBe(verdict)
  else expect(quick.verdict).toBe(verdict)
}

describe.each(families)('$name', ({ cases }) => {
  test.each(cases.map((hostile) => [hostile.name, hostile] as const))(
    '%s',
    async (_name, hostile) => {
      const data = await hostile.build()
      expect(Buffer.compare(data, await hostile.build())).toBe(0)
      if (hostile.knownGap === undefined) await check(hostile, data)
    },
  )
})

describe('the corpus', () => {
  test('is as large as it says, and names everything once', () => {
    const count = (list: readonly Family[]) => list.flatMap(({ cases }) => cases).length
    expect(count(archiveFamilies)).toBeGreaterThanOrEqual(120)
    expect(count(manifestFamilies)).toBeGreaterThanOrEqual(80)
    const names = families.flatMap(({ name, cases }) =>
      cases.map((hostile) => `${name}/${hostile.name}`),
    )
    expect(new Set(names).size).toBe(names.length)
  })

  test('has good bundles too: a reader that refuses everything fails it', () => {
    const verdicts = families.flatMap(({ cases }) => cases.map(({ expect }) => expect.verdict))
    for (const verdict of ['ok', 'warn', 'error']) expect(verdicts).toContain(verdict)
  })
})

test('an archive is refused wherever it is cut', async () => {
  const data = await writeZip({ entries: [toml, app], comment: utf8('comment') })
  for (let length = 1; length < data.length; length++) {
    const { findings } = await inspect(data.subarray(0, length), false)
    const codes = findings.map(({ code }) => code)
    expect(codes).toEqual([length < 4 ? 'archive.not-zip' : 'archive.truncated'])
  }
})

test('five hundred faults of one kind are shown as twenty and a number', async () => {
  const entries = Array.from({ length: 500 }, (_, index) => ({ name: `../${index}` }))
  const { findings } = await inspect(await writeZip({ entries }), true)
  expect(findings).toHaveLength(21)
  expect(findings.filter(({ message }) => message.includes('479 more'))).toHaveLength(1)
})
