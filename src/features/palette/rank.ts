import type { CommandGroup, PaletteRow } from './command.ts'
import { match } from './match.ts'

/**
 * The commands that what was typed finds: in each group the best first, and the group with the best first. Among
 * equals the recent ones come first, then the order they were given in.
 *
 * @param recent ids, newest first
 */
export function rank(
  groups: readonly CommandGroup[],
  typed: readonly string[],
  recent: readonly string[],
): PaletteRow[] {
  const freshness = new Map(recent.map((id, index) => [id, recent.length - index]))
  const ranked = groups.map(({ label, commands, max }) => {
    const rows = commands.flatMap((command) => {
      const found = match(command.label, typed, command.aliases)
      return found === null ? [] : [{ command, ...found }]
    })
    rows.sort(
      (a, b) =>
        b.score - a.score ||
        (freshness.get(b.command.id) ?? 0) - (freshness.get(a.command.id) ?? 0),
    )
    return { label, rows: rows.slice(0, max) }
  })
  const bestOf = ({ rows }: (typeof ranked)[number]) => rows[0]?.score ?? 0
  return ranked
    .toSorted((a, b) => bestOf(b) - bestOf(a))
    .flatMap(({ label, rows }) =>
      rows.map(({ command, ranges }) => ({ group: label, command, ranges })),
    )
}

/** Each command once, where it comes first. */
export function withoutRepeats(rows: readonly PaletteRow[]): PaletteRow[] {
  const seen = new Set<string>()
  return rows.filter(({ command: { id } }) => {
    if (seen.has(id)) return false
    seen.add(id)
    return true
  })
}
