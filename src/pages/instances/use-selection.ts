import { useState } from 'react'
import type { Instance } from '../../api/generated/types.gen.ts'

/**
 * Which instances are chosen, by id: a list that is read again, sorted or filtered otherwise changes nothing of it. What
 * is gone isn't chosen any more.
 *
 * @param all every instance that is there
 * @param shown those that match the filters, in their order
 */
export function useSelection(all: readonly Instance[], shown: readonly Instance[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string | null>(null)
  const chosen = ids.size === 0 ? [] : all.filter(({ id }) => ids.has(id))
  const visible = ids.size === 0 ? 0 : shown.filter(({ id }) => ids.has(id)).length

  function put(changed: readonly string[], isChosen: boolean) {
    setIds((before) => {
      const after = new Set(before)
      for (const id of changed) {
        if (isChosen) after.add(id)
        else after.delete(id)
      }
      return after
    })
  }

  return {
    ids,
    chosen,
    /** Chosen, but not among those shown. */
    hidden: chosen.length - visible,
    isAll: visible === shown.length,
    select: (id: string, isChosen: boolean, range: boolean) => {
      const from = range ? shown.findIndex((each) => each.id === last) : -1
      const to = shown.findIndex((each) => each.id === id)
      const span =
        from === -1
          ? [id]
          : shown.slice(Math.min(from, to), Math.max(from, to) + 1).map((each) => each.id)
      put(span, isChosen)
      setLast(id)
    },
    selectAll: (isChosen: boolean) =>
      put(
        shown.map(({ id }) => id),
        isChosen,
      ),
    clear: () => setIds(new Set()),
  }
}
