import type { HiddenBy } from '../../src/api/generated/types.gen.ts'
import type { AppQuery } from './app-search.ts'
import { type Flags, flagNames } from './scope.ts'
import type { IndexedApp, SearchIndex } from './search-index.ts'

export type FilterName = HiddenBy['filter']

export type Filter = { readonly name: FilterName; readonly keeps: (app: IndexedApp) => boolean }

/** The filters that the query sets. */
export function filtersOf(index: SearchIndex, query: AppQuery, flags: Flags): Filter[] {
  const filters: Filter[] = []
  const { name, category = [], tag = [], owner = [], lifecycle = [] } = query
  if (name !== undefined) filters.push({ name: 'name', keeps: (app) => app.name === name })
  if (category.length > 0 && !category.includes('All')) {
    const chosen = numbersOf(index.categories, new Set(category))
    filters.push({
      name: 'category',
      keeps: (app) => app.categories.some((one) => chosen.has(one)),
    })
  }
  if (tag.length > 0) {
    const chosen = numbersOf(index.tags, new Set(tag))
    filters.push({ name: 'tag', keeps: (app) => app.tags.some((one) => chosen.has(one)) })
  }
  if (owner.length > 0) {
    const chosen = numbersOf(index.owners, new Set(owner))
    filters.push({ name: 'owner', keeps: (app) => chosen.has(app.owner) })
  }
  if (lifecycle.length > 0) {
    filters.push({ name: 'lifecycle', keeps: (app) => lifecycle.includes(app.lifecycle) })
  }
  for (const flag of flagNames) {
    const asked = query[flag]
    if (asked !== undefined)
      filters.push({ name: flag, keeps: (app) => flags[flag](app) === asked })
  }
  return filters
}

function numbersOf(
  table: { entries(): Iterable<[number, { readonly value: string }]> },
  values: ReadonlySet<string>,
): Set<number> {
  const numbers = new Set<number>()
  for (const [number, { value }] of table.entries()) if (values.has(value)) numbers.add(number)
  return numbers
}
