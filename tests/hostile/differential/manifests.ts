import type { Finding } from '../../../src/bundle/finding.ts'
import { readManifest } from '../../../src/bundle/manifest/read-manifest.ts'
import { Random } from '../../durability/random.ts'
import { manifestFamilies } from '../corpus.ts'
import { faultsOf } from '../well-formed.ts'
import type { Oracle } from './oracle.ts'

const MAX_BASE = 2048

/** Pieces of TOML that parsers stumble over, put anywhere. */
const PIECES = [
  '"',
  "'",
  '"""',
  "'''",
  '[',
  ']',
  '[[',
  ']]',
  '{',
  '}',
  '=',
  ',',
  '.',
  '#',
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '\\',
  '\\u00e9',
  '\\U0001f600',
  '\\e',
  '\\x41',
  '\\\n',
  '\u0000',
  '\u007f',
  '\u0085',
  '\ufeff',
  '\u2028',
  '日',
  '🚀',
  '0x1F',
  '0b2',
  '1_000',
  '1__0',
  '01',
  '-0',
  '+1',
  '1.',
  '.5',
  '1e5',
  'inf',
  '-nan',
  'true',
  'True',
  '1979-05-27',
  '1979-05-27T07:32:00Z',
  '1979-05-27 07:32',
  '07:32:00.999',
  '25:00:00',
  '9223372036854775808',
  '[App]\n',
  '[[Env]]\n',
  '[App.x]\n',
  'a.b.c = 1\n',
  'a = {b = 1, b = 2}\n',
  'a = [1, "x",]\n',
]

export type ManifestFigures = {
  count: number
  /** How many tomllib reads; null where Python has none. */
  read: number | null
  disagreements: { index: number; problems: string[]; text: string }[]
}

/** Changes manifests `count` times, and holds what we say about each against tomllib. */
export async function runManifests(
  oracle: Oracle,
  count: number,
  seed: number,
): Promise<ManifestFigures> {
  const bases = manifestFamilies
    .flatMap(({ cases }) => cases.map(({ manifest }) => new TextDecoder().decode(manifest)))
    .filter(({ length }) => length > 0 && length <= MAX_BASE)
  const figures: ManifestFigures = { count, read: 0, disagreements: [] }
  for (let index = 0; index < count; index++) {
    const text = changed(new Random(seed * 1_000_003 + index), bases)
    const { problems, isRead } = await compareText(oracle, text)
    if (isRead === null) figures.read = null
    else if (isRead && figures.read !== null) figures.read++
    if (problems.length > 0) figures.disagreements.push({ index, problems, text })
  }
  return figures
}

function changed(random: Random, bases: readonly string[]): string {
  let text = random.pick(bases) ?? ''
  const rounds = random.pick([1, 1, 1, 2, 4]) ?? 1
  for (let round = 0; round < rounds; round++) {
    const at = random.between(0, text.length)
    const end = Math.min(text.length, at + random.between(1, 12))
    const piece = random.pick(PIECES) ?? ''
    const lines = text.split('\n')
    const line = random.between(0, lines.length - 1)
    const change = random.between(0, 6)
    if (change <= 1) text = text.slice(0, at) + piece + text.slice(at)
    else if (change === 2) text = text.slice(0, at) + piece + text.slice(end)
    else if (change === 3) text = text.slice(0, at) + text.slice(end)
    else if (change === 4) text = lines.toSpliced(line, 0, random.pick(lines) ?? '').join('\n')
    else if (change === 5) text = lines.toSpliced(line, 1).join('\n')
    else text = text.slice(0, at) + (random.pick(bases) ?? '').slice(random.between(0, 200))
  }
  // Half of a surrogate pair can't be written to a file.
  return text.toWellFormed()
}

async function compareText(
  oracle: Oracle,
  text: string,
): Promise<{ problems: string[]; isRead: boolean | null }> {
  const problems: string[] = []
  const bytes = new TextEncoder().encode(text)
  let findings: Finding[] = []
  try {
    findings = (await readManifest(bytes)).findings
  } catch (reason) {
    problems.push(`throws ${String(reason)}`)
  }
  problems.push(...findings.flatMap(faultsOf), ...findings.flatMap((one) => misplaced(one, text)))
  // A byte order mark is advised against and taken off; Python leaves that to whoever reads the file.
  const python = await oracle.readToml(bytes.subarray(text.startsWith('\ufeff') ? 3 : 0))
  if (python.missing) {
    return { problems: problems, isRead: null }
  }
  const isRead = python.error === undefined
  const unreadable = findings.find(({ code }) => /^manifest\.(syntax|encoding)$/.test(code))
  if (python.recursion === undefined) {
    // tomllib reads TOML 1.0, up to Python 3.14.
    const isDoubted = findings.some(({ code }) => code === 'manifest.toml-1-1')
    if (!isRead && unreadable === undefined && !isDoubted) {
      problems.push(`tomllib: ${python.error}`)
    }
    if (isRead && unreadable !== undefined) problems.push(`smol-toml: ${unreadable.message}`)
  }
  return { problems: problems, isRead }
}

// Lines and columns point into the text, one past the end of a line at most.
function misplaced({ code, line, column }: Finding, text: string): string[] {
  if (line === undefined) return []
  const lines = text.replace(/^\ufeff/, '').split('\n')
  const found = lines[line - 1]
  if (found === undefined) return [`${code} is on line ${line} of ${lines.length}`]
  if (column !== undefined && column > found.length + 1) {
    return [`${code} is at column ${column} of ${found.length}`]
  }
  return []
}
