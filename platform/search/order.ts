import { Problem } from '../http/problem.ts'
import { decodePageToken, encodePageToken } from '../http/page.ts'
import type { AppOrder } from './app-search.ts'
import type { IndexedApp } from './search-index.ts'

/** What an app is ordered by, least first; the last part, its id, is of no other. */
type Key = readonly (number | string)[]

export type Facts = {
  readonly relevance: (app: IndexedApp) => number
  readonly launches: (app: IndexedApp) => number
  readonly pinned: (app: IndexedApp) => boolean
}

/** Later times first, in an order that is least first. */
const newest = (app: IndexedApp) => -app.createdAt

function keyOf(order: AppOrder, facts: Facts): (app: IndexedApp) => Key {
  switch (order) {
    case 'title':
      return (app) => [app.titleKey, app.id]
    case 'newest':
      return (app) => [newest(app), app.id]
    case 'launched':
      return (app) => [-facts.launches(app), newest(app), app.id]
    case 'relevance':
      return (app) => [facts.relevance(app), facts.pinned(app) ? 0 : 1, newest(app), app.id]
  }
}

function compare(a: Key, b: Key): number {
  for (let at = 0; at < a.length; at += 1) {
    const [one, two] = [a[at] ?? '', b[at] ?? '']
    if (one < two) return -1
    if (one > two) return 1
  }
  return 0
}

const shapes = {
  title: ['string', 'string'],
  newest: ['number', 'string'],
  launched: ['number', 'number', 'string'],
  relevance: ['number', 'number', 'number', 'string'],
} as const

/** Where the last page ended. */
function readToken(order: AppOrder, token: string | undefined): Key | undefined {
  const shape = shapes[order]
  const [asked, ...parts] = decodePageToken(token, shape.length + 1) ?? []
  if (asked === undefined) return undefined
  const key = parts.map((part, at) => (shape[at] === 'number' ? Number(part) : part))
  if (asked === order && key.every((part) => !Number.isNaN(part))) return key
  throw new Problem(
    400,
    'request.invalid-page-token',
    'This page token is of a list in another order. Start again without it.',
  )
}

/**
 * One page in this order. It begins behind the last app that was shown, whatever came and went meanwhile.
 *
 * @throws {Problem} 400 for a page token that this order never gave out
 */
export function pageInOrder(
  entries: readonly IndexedApp[],
  order: AppOrder,
  facts: Facts,
  pageSize: number,
  pageToken: string | undefined,
): { ids: string[]; nextPageToken: string | null } {
  const after = readToken(order, pageToken)
  const key = keyOf(order, facts)
  // The least so far, sorted; a page is short and the list is long, so most entries are turned away at once.
  const best: { app: IndexedApp; key: Key }[] = []
  for (const app of entries) {
    const own = key(app)
    if (after !== undefined && compare(own, after) <= 0) continue
    const last = best[pageSize]
    if (last !== undefined && compare(own, last.key) >= 0) continue
    let [low, high] = [0, best.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(own, best[middle]?.key ?? own) < 0) high = middle
      else low = middle + 1
    }
    best.splice(low, 0, { app, key: own })
    if (best.length > pageSize + 1) best.pop()
  }
  const shown = best.slice(0, pageSize)
  const end = shown.at(-1)
  const more = best.length > pageSize && end !== undefined
  return {
    ids: shown.map(({ app }) => app.id),
    nextPageToken: more ? encodePageToken([order, ...end.key.map(String)]) : null,
  }
}
