import { shownText } from './shown-text.ts'

/** What a change asks of the version number, as SemVer has it; `none` asks for nothing. */
export type Weight = 'major' | 'minor' | 'patch' | 'none'
export type ChangeKind = 'added' | 'removed' | 'changed'
export type Judgement = { weight: Weight; reason: string }

/** One thing that is different from before. All texts are safe to show and clipped. */
export type Change = {
  /** The manifest's key (`Runtime.MemoryLimit`, `Env.API_URL`), or the name of a package. */
  field: string
  kind: ChangeKind
  before: string | null
  after: string | null
  /** One line: "Memory limit 2Gi → 4Gi (+2Gi)". */
  summary: string
  weight: Weight
  /** A sentence: why it has this weight. */
  reason: string
}

/** Changes of one kind, the heaviest first. */
export type ChangeGroup = {
  /** At most `MAX_CHANGES`. */
  changes: Change[]
  /** How many further ones there are. */
  more: number
  /** Of all, those left out included. */
  counts: Record<ChangeKind, number>
  weight: Weight
}

/** Changes kept in one group. */
export const MAX_CHANGES = 200

const RANK: Record<Weight, number> = { none: 0, patch: 1, minor: 2, major: 3 }

/** The heaviest of the weights. */
export function heaviest(weights: Iterable<Weight>): Weight {
  let heaviest: Weight = 'none'
  for (const weight of weights) if (RANK[weight] > RANK[heaviest]) heaviest = weight
  return heaviest
}

export function groupChanges(changes: readonly Change[]): ChangeGroup {
  const counts = { added: 0, removed: 0, changed: 0 }
  for (const { kind } of changes) counts[kind]++
  const sorted = changes.toSorted((a, b) => RANK[b.weight] - RANK[a.weight])
  return {
    changes: sorted.slice(0, MAX_CHANGES),
    more: Math.max(0, sorted.length - MAX_CHANGES),
    counts,
    weight: heaviest(changes.map((change) => change.weight)),
  }
}

export const major = (reason: string): Judgement => ({ weight: 'major', reason })
export const minor = (reason: string): Judgement => ({ weight: 'minor', reason })
export const patch = (reason: string): Judgement => ({ weight: 'patch', reason })
export const none = (reason: string): Judgement => ({ weight: 'none', reason })

/** How one key is read from a section, and what its change means. */
export type Field<Section> = {
  field: string
  /** Begins a summary. */
  label: string
  /** Null where the section says nothing. */
  read(section: Section): string | null
  /** Whether two texts mean the same; without it, equal texts do. */
  same?(before: string, after: string): boolean
  judge(
    before: string | null,
    after: string | null,
    sections: { before: Section; after: Section },
  ): Judgement
  /** Follows the values of a change: "(+2Gi)". */
  note?: (before: string, after: string) => string | null
  /** In place of the usual summary, for what is turned on and off. */
  words?: { added: string; removed: string }
  /** Texts of people stand in quotation marks. */
  quoted?: boolean
}

/** The changes of all fields, in their order. */
export function compareFields<Section>(
  fields: readonly Field<Section>[],
  before: Section,
  after: Section,
): Change[] {
  const changes: Change[] = []
  for (const field of fields) {
    const old = field.read(before)
    const now = field.read(after)
    if (old === now || (old !== null && now !== null && field.same?.(old, now) === true)) continue
    changes.push({
      field: field.field,
      kind: kindOf(old, now),
      before: old === null ? null : shownText(old),
      after: now === null ? null : shownText(now),
      summary: summaryOf(field, old, now),
      ...field.judge(old, now, { before, after }),
    })
  }
  return changes
}

export function kindOf(before: unknown, after: unknown): ChangeKind {
  if (before === null || before === undefined) return 'added'
  return after === null || after === undefined ? 'removed' : 'changed'
}

/** Longer values are not repeated in a summary: the difference would be lost in them. */
const MAX_IN_SUMMARY = 40

function summaryOf<Section>(
  { label, note, words, quoted = false }: Field<Section>,
  before: string | null,
  after: string | null,
): string {
  const show = (text: string) => (quoted ? `"${shownText(text)}"` : shownText(text))
  if (before === null) {
    if (words !== undefined) return words.added
    return after === null ? label : `${label} added: ${show(after)}`
  }
  if (after === null) return words?.removed ?? `${label} removed (was ${show(before)})`
  if (before.length > MAX_IN_SUMMARY || after.length > MAX_IN_SUMMARY) return `${label} changed`
  const extra = note?.(before, after) ?? null
  const values = `${label} ${show(before)} → ${show(after)}`
  return extra === null ? values : `${values} (${extra})`
}
