import type { Manifest, ValueSource } from '../manifest/manifest.ts'
import { type Change, type Judgement, kindOf, major, minor, patch } from './change.ts'
import { shownText } from './shown-text.ts'

type Secrets = { all: ReadonlySet<string>; required: ReadonlySet<string> }

/**
 * The changes of `[[Env]]` by name and of `[[File]]` by path; their order has no meaning. What
 * counts is whether somebody has to prepare a secret that the app didn't need before.
 */
export function compareValues(before: Manifest, after: Manifest): Change[] {
  const known = secretsOf(before)
  return [
    ...compareSources('Env', sourcesBy(before.env, 'name'), sourcesBy(after.env, 'name'), known),
    ...compareSources(
      'File',
      sourcesBy(before.files, 'path'),
      sourcesBy(after.files, 'path'),
      known,
    ),
  ]
}

function sourcesBy<Key extends string>(
  entries: readonly (Record<Key, string> & ValueSource)[],
  key: Key,
): Map<string, ValueSource> {
  return new Map(entries.map((entry) => [entry[key], entry]))
}

function secretsOf({ env, files }: Manifest): Secrets {
  const all = new Set<string>()
  const required = new Set<string>()
  for (const source of [...env, ...files]) {
    if ('value' in source) continue
    all.add(idOf(source))
    if (!source.optional) required.add(idOf(source))
  }
  return { all, required }
}

function idOf({ secret, secretKey }: { secret: string; secretKey: string }): string {
  return JSON.stringify([secret, secretKey])
}

function compareSources(
  section: 'Env' | 'File',
  before: ReadonlyMap<string, ValueSource>,
  after: ReadonlyMap<string, ValueSource>,
  known: Secrets,
): Change[] {
  const changes: Change[] = []
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(name)
    const now = after.get(name)
    const kind = kindOf(old, now)
    if (old !== undefined && now !== undefined && isSame(old, now)) continue
    const noun = section === 'Env' ? 'Variable' : 'File'
    changes.push({
      field: `${section}.${shownText(name)}`,
      kind,
      before: old === undefined ? null : describe(old),
      after: now === undefined ? null : describe(now),
      summary: `${noun} ${shownText(name)} ${summaryOf(old, now)}`,
      ...judge(section, now, known),
    })
  }
  return changes
}

function isSame(before: ValueSource, after: ValueSource): boolean {
  if ('value' in before) return 'value' in after && before.value === after.value
  return !('value' in after) && idOf(before) === idOf(after) && before.optional === after.optional
}

function describe(source: ValueSource): string {
  if ('value' in source) return `"${shownText(source.value)}"`
  const place = `secret ${shownText(source.secret)}, key ${shownText(source.secretKey)}`
  return source.optional ? `${place}, optional` : place
}

/** Values longer than this are not repeated in a summary. */
const MAX_IN_SUMMARY = 40

function summaryOf(before: ValueSource | undefined, after: ValueSource | undefined): string {
  if (after === undefined) return 'removed'
  const isLong = [before, after].some(
    (source) => source !== undefined && 'value' in source && source.value.length > MAX_IN_SUMMARY,
  )
  if (before === undefined) return isLong ? 'added' : `added: ${describe(after)}`
  if (!('value' in before) && !('value' in after) && idOf(before) === idOf(after)) {
    return after.optional ? 'became optional' : 'is not optional any more'
  }
  return isLong ? 'changed' : `${describe(before)} → ${describe(after)}`
}

function judge(section: 'Env' | 'File', after: ValueSource | undefined, known: Secrets): Judgement {
  if (after === undefined) {
    return patch(section === 'Env' ? 'The app sets it no more.' : 'The app needs the file no more.')
  }
  if ('value' in after) return patch('The bundle brings the value itself.')
  if (!after.optional && !known.required.has(idOf(after))) {
    return major('Whoever runs the app needs this secret first.')
  }
  if (!known.all.has(idOf(after))) return minor('The app can use a secret that it did not know.')
  return patch('Whoever has the app set up has this secret already.')
}
