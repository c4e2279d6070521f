import type { AppListFilter } from '../../api/apps.ts'
import type { AppFacets } from '../../api/generated/types.gen.ts'
import {
  type CatalogParams,
  type Flag,
  flags,
  type Sort,
  type ValueFilter,
} from './catalog-params.ts'

/** What the address asks of the platform. Without a search, relevance is: pinned ones first, then the newest. */
export function filterOf(params: CatalogParams): AppListFilter {
  const { q, category, tag, owner, lifecycle, sort } = params
  const on = flags.filter((flag) => params[flag]).map((flag) => [flag, true] as const)
  return {
    scope: 'catalog',
    orderBy: sort,
    ...(q === '' ? {} : { q }),
    ...(category.length === 0 ? {} : { category }),
    ...(tag.length === 0 ? {} : { tag }),
    ...(owner.length === 0 ? {} : { owner }),
    ...(lifecycle.length === 0 ? {} : { lifecycle }),
    ...Object.fromEntries(on),
  }
}

export const flagWords: Record<Flag, string> = {
  runnable: 'Can run now',
  hasInstance: 'Has my instance',
  updateAvailable: 'Update available',
  pinned: 'Pinned',
}

export const filterWords: Record<ValueFilter, string> = {
  category: 'Category',
  tag: 'Tag',
  owner: 'Owner',
  lifecycle: 'How it runs',
}

export const sortWords: Record<Sort, string> = {
  relevance: 'Relevance',
  newest: 'Newest',
  launched: 'Most launched',
  title: 'Title',
}

const lifecycleWords: Record<string, string> = {
  ON_DEMAND: 'Your own instance',
  MANAGED: 'Shared instance',
  LINK: 'Link',
}

export type FilterOption = { value: string; label: string; count: number; color: string | null }

/** What a filter offers, in words; what is chosen stays there with nothing left in it, and what reads alike is told apart. */
export function optionsOf(
  filter: ValueFilter,
  facets: AppFacets | undefined,
  chosen: readonly string[],
): FilterOption[] {
  const offered = facets?.[filter] ?? []
  const words = (value: string, title: string | null) =>
    title ?? (filter === 'lifecycle' ? lifecycleWords[value] : undefined) ?? value
  const titles = Map.groupBy(offered, ({ value, title }) => words(value, title))
  const options = offered.map(({ value, title, count, color }) => {
    const label = words(value, title)
    const isAlone = titles.get(label)?.length === 1
    return { value, label: isAlone ? label : `${label} (${value})`, count, color }
  })
  const missing = chosen.filter((value) => !offered.some((facet) => facet.value === value))
  const empty = { count: 0, color: null }
  return [...options, ...missing.map((value) => ({ value, label: words(value, null), ...empty }))]
}
