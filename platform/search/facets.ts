import type { AppFacets, FacetValue, HiddenBy } from '../../src/api/generated/types.gen.ts'
import type { AppQuery } from './app-search.ts'
import type { Filter, FilterName } from './filters.ts'
import { type Flags, flagNames } from './scope.ts'
import type { IndexedApp, Label, SearchIndex } from './search-index.ts'

const maxCategories = 50
const maxValues = 30
const lifecycles = ['ON_DEMAND', 'MANAGED', 'LINK'] as const

export type Narrowed = {
  readonly entries: readonly IndexedApp[]
  readonly facets: AppFacets
  readonly hiddenBy: readonly HiddenBy[]
}

/**
 * Narrows the entries by the filters and counts every facet, in one pass: an entry that all filters keep counts
 * everywhere, one that a single filter holds back counts for that filter's facet alone.
 *
 * @param scope everything that the caller sees in this list, found or not
 * @param entries what of that was found
 */
export function narrow(
  index: SearchIndex,
  scope: readonly IndexedApp[],
  entries: readonly IndexedApp[],
  filters: readonly Filter[],
  flags: Flags,
  query: AppQuery,
): Narrowed {
  const kept: IndexedApp[] = []
  const hidden = new Map<FilterName, number>(filters.map(({ name }) => [name, 0]))
  const counts = new Counts(index)
  for (const app of entries) {
    let held: FilterName | undefined
    let isOut = false
    for (const { name, keeps } of filters) {
      if (keeps(app)) continue
      isOut = held !== undefined
      held = name
      if (isOut) break
    }
    if (isOut) continue
    if (held === undefined) kept.push(app)
    else hidden.set(held, (hidden.get(held) ?? 0) + 1)
    counts.add(app, held, flags)
  }
  return {
    entries: kept,
    facets: counts.facets(query, scope),
    hiddenBy: filters.map(({ name }) => ({
      filter: name,
      count: kept.length + (hidden.get(name) ?? 0),
    })),
  }
}

class Counts {
  readonly #index: SearchIndex
  readonly #categories: Uint32Array
  readonly #tags: Uint32Array
  readonly #owners: Uint32Array
  readonly #lifecycles = { ON_DEMAND: 0, MANAGED: 0, LINK: 0 }
  readonly #flags = { runnable: 0, hasInstance: 0, updateAvailable: 0, pinned: 0 }

  constructor(index: SearchIndex) {
    this.#index = index
    this.#categories = new Uint32Array(index.categories.size)
    this.#tags = new Uint32Array(index.tags.size)
    this.#owners = new Uint32Array(index.owners.size)
  }

  /** @param held the one filter that holds the app back */
  add(app: IndexedApp, held: FilterName | undefined, flags: Flags): void {
    const counts = (name: FilterName) => held === undefined || held === name
    if (counts('category')) for (const one of app.categories) increase(this.#categories, one)
    if (counts('tag')) for (const one of app.tags) increase(this.#tags, one)
    if (counts('owner')) increase(this.#owners, app.owner)
    if (counts('lifecycle')) this.#lifecycles[app.lifecycle] += 1
    for (const flag of flagNames) if (counts(flag) && flags[flag](app)) this.#flags[flag] += 1
  }

  /** @param scope where the words of a chosen value may come from, should it count nothing */
  facets(query: AppQuery, scope: readonly IndexedApp[]): AppFacets {
    const { categories, tags, owners } = this.#index
    const category = this.#values(
      categories.entries(),
      this.#categories,
      (query.category ?? []).filter((value) => value !== 'All'),
      maxCategories,
      (label) => scope.some((app) => this.#has(app.categories, 'categories', label)),
    )
    const tag = this.#values(
      [...tags.entries()].filter(
        ([, { isCategory, value }]) => !isCategory || query.tag?.includes(value),
      ),
      this.#tags,
      query.tag ?? [],
      maxValues,
      (label) => scope.some((app) => this.#has(app.tags, 'tags', label)),
    )
    const owner = this.#values(
      owners.entries(),
      this.#owners,
      query.owner ?? [],
      maxValues,
      (label) => scope.some((app) => this.#has([app.owner], 'owners', label)),
    )
    return {
      category: category.toSorted(byTitle),
      tag,
      owner,
      lifecycle: lifecycles
        .map((value) => ({ value, count: this.#lifecycles[value], title: null, color: null }))
        .filter(({ value, count }) => count > 0 || query.lifecycle?.includes(value)),
      ...this.#flags,
    }
  }

  #has(numbers: readonly number[], table: 'categories' | 'tags' | 'owners', label: Label): boolean {
    return numbers.some((number) => this.#index[table].get(number)?.value === label.value)
  }

  /** The most frequent ones, and the chosen: those that count nothing with their words only where they are seen. */
  #values(
    labels: Iterable<[number, Label]>,
    counts: Uint32Array,
    chosen: readonly string[],
    limit: number,
    isSeen: (label: Label) => boolean,
  ): FacetValue[] {
    const wanted = new Set(chosen)
    const found: FacetValue[] = []
    const unseen: FacetValue[] = []
    for (const [number, label] of labels) {
      const count = counts[number] ?? 0
      const { value, title, color } = label
      if (count > 0) found.push({ value, count, title, color })
      else if (wanted.has(value) && isSeen(label)) unseen.push({ value, count, title, color })
    }
    const best = found
      .toSorted((a, b) => b.count - a.count || byTitle(a, b))
      .filter(({ value }, at) => at < limit || wanted.has(value))
    const known = new Set([...best, ...unseen].map(({ value }) => value))
    const strange = [...wanted].filter((value) => !known.has(value))
    return [
      ...best,
      ...unseen,
      ...strange.map((value) => ({ value, count: 0, title: null, color: null })),
    ]
  }
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

/** By what people read; Other is what is left, so it comes last. */
function byTitle(a: FacetValue, b: FacetValue): number {
  const last = Number(a.value === 'Other') - Number(b.value === 'Other')
  const [one, two] = [a, b].map(({ title, value }) => (title ?? value).toLowerCase())
  return last || ((one ?? '') < (two ?? '') ? -1 : one === two ? 0 : 1)
}
