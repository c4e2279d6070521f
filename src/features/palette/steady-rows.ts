import type { PaletteRow } from './command.ts'

/**
 * Takes in rows that arrived while somebody is choosing: everything down to the chosen row stays in its place, brought
 * up to date, and what is new goes below it. A row that is gone stays, too; whoever chooses it is told by the platform.
 *
 * @param chosen the id of the chosen command; null while nobody has moved, and then the new rows are taken as they are
 */
export function steadyRows(
  shown: readonly PaletteRow[],
  next: readonly PaletteRow[],
  chosen: string | null,
): readonly PaletteRow[] {
  const at = shown.findIndex(({ command }) => command.id === chosen)
  if (chosen === null || at === -1) return next
  const fresh = new Map(next.map((row) => [row.command.id, row]))
  const head = shown.slice(0, at + 1).map((row) => {
    const now = fresh.get(row.command.id)
    return now === undefined ? row : { ...now, group: row.group }
  })
  const placed = new Set(head.map(({ command }) => command.id))
  const group = shown[at]?.group
  const above = new Set(head.map((row) => row.group).filter((each) => each !== group))
  // What belongs to a group further up waits for the next letter typed: it would move the chosen row.
  const tail = next.filter((row) => !placed.has(row.command.id) && !above.has(row.group))
  const sameGroup = tail.filter((row) => row.group === group)
  return [...head, ...sameGroup, ...tail.filter((row) => row.group !== group)]
}
