import {
  bytes,
  extraField,
  FLAG_UTF8,
  unicodePath,
  utf8,
  writeZip,
  type ArchivePlan,
  type EntryPlan,
} from '../../../src/bundle/testing/zip-writer.ts'
import type { Random } from '../../durability/random.ts'
import { archiveFamilies } from '../corpus.ts'
import { toml, zip64Sizes } from '../samples.ts'

/** Bases are changed thousands of times; large ones only take longer. */
const MAX_BASE = 4096

/** All small archives of the corpus that have to be let in. */
export async function goodArchives(): Promise<Uint8Array[]> {
  const bases: Uint8Array[] = []
  for (const { name, cases } of archiveFamilies) {
    // Those that are large, or take a process each.
    if (['work', 'bombs', 'python-writers'].includes(name)) continue
    for (const hostile of cases) {
      const { expect, knownGap } = hostile
      if (expect.verdict === 'error' || knownGap !== undefined) continue
      const data = await hostile.build()
      if (data.length <= MAX_BASE) bases.push(data)
    }
  }
  if (bases.length === 0) throw new Error('There are no archives to change')
  return bases
}

const NAMES: readonly (string | Uint8Array)[] = [
  'a',
  'A',
  'a/',
  'a/b.py',
  'src/app.py',
  'static/icon.png',
  'ü.py',
  'u\u0308.py',
  '日本/x',
  utf8('ü.py'),
  Uint8Array.of(0x81, 0x2e, 0x70, 0x79),
  'x.whl',
  ' ',
  '...',
]

/** An archive of a few odd but mostly good entries. */
export async function randomArchive(random: Random): Promise<Uint8Array<ArrayBuffer>> {
  const entries = Array.from({ length: random.between(1, 5) }, () => randomEntry(random))
  const plan: ArchivePlan = { entries: random.next() < 0.5 ? [toml, ...entries] : entries }
  if (random.next() < 0.2) plan.comment = random.bytes(random.between(1, 60))
  const zip64 = random.pick([undefined, undefined, undefined, 'marked', 'beside'] as const)
  if (zip64 !== undefined) plan.zip64 = zip64
  return writeZip(plan)
}

function randomEntry(random: Random): EntryPlan {
  const name = random.pick(NAMES) ?? 'a'
  const isFolder = typeof name === 'string' && name.endsWith('/')
  const length = random.pick([0, 1, 5, 40, 300, 2000]) ?? 0
  const text = random.next() < 0.5 ? random.bytes(length) : utf8('abcabd'.repeat(length / 6))
  const data = isFolder ? new Uint8Array() : text
  const method = random.pick([0, 8]) ?? 0
  const entry: EntryPlan = { name, data, method, ...randomMode(random, isFolder) }
  const descriptor = random.pick([
    undefined,
    undefined,
    'signed',
    'unsigned',
    'signed64',
    'unsigned64',
  ] as const)
  if (descriptor !== undefined) entry.descriptor = descriptor
  const field = randomField(random, entry)
  const where = random.pick(['extra', 'local', 'none', 'none'])
  if (where === 'extra') entry.extra = field
  if (where === 'local') entry.local = { extra: field }
  if (typeof name !== 'string' && random.next() < 0.3) {
    entry.flags = FLAG_UTF8 | (descriptor === undefined ? 0 : 8)
  }
  if (random.next() < 0.1) entry.comment = random.bytes(random.between(1, 20))
  return entry
}

function randomMode(random: Random, isFolder: boolean): Partial<EntryPlan> {
  const host = random.pick([0, 3, 3, 7, 11, 14, 19]) ?? 3
  const mode = random.pick([0, 0, 0o644, isFolder ? 0o040755 : 0o100644, 0o104755]) ?? 0
  return { host, mode, dosAttributes: random.pick([0, 0, 0x20, isFolder ? 0x10 : 0x21]) ?? 0 }
}

function randomField(random: Random, { name, data }: EntryPlan): Uint8Array {
  const size = data instanceof Uint8Array ? data.length : 0
  const raw = typeof name === 'string' ? utf8(name) : name
  const fields = [
    () => zip64Sizes(size, size),
    () => zip64Sizes(random.between(0, 3), 0),
    () => extraField(0x5455, bytes(1, [0, 4])),
    () => unicodePath(raw, new TextDecoder().decode(raw)),
    () => unicodePath(raw, 'other'),
    () => new Uint8Array(random.between(0, 9)),
    () => extraField(random.between(2, 0xffff), random.bytes(random.between(0, 12))),
  ]
  return random.pick(fields)?.() ?? new Uint8Array()
}
