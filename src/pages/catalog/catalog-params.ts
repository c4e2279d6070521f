import type { Lifecycle } from '../../api/generated/types.gen.ts'

export const sorts = ['relevance', 'newest', 'launched', 'title'] as const
export type Sort = (typeof sorts)[number]

export const lifecycles = ['ON_DEMAND', 'MANAGED', 'LINK'] as const satisfies readonly Lifecycle[]

/** The filters that are on or off. */
export const flags = ['runnable', 'hasInstance', 'updateAvailable', 'pinned'] as const
export type Flag = (typeof flags)[number]

/** The filters with values, each of which may be set several times. */
export const valueFilters = ['category', 'tag', 'owner', 'lifecycle'] as const
export type ValueFilter = (typeof valueFilters)[number]

export type CatalogFilters = {
  category: string[]
  tag: string[]
  owner: string[]
  lifecycle: Lifecycle[]
} & Record<Flag, boolean>

export const views = ['cards', 'table'] as const
export type View = (typeof views)[number]

export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

/** What the catalog's address says. What it says nothing of, the person's own choice decides: null. */
export type CatalogParams = CatalogFilters & {
  q: string
  sort: Sort
  view: View | null
  density: Density | null
}

/** As long as the contract lets a search be, and a filter's value. */
export const maxSearchLength = 200
const maxValueLength = 63
/** As many as the contract takes of one filter. */
const maxValues = 50

export const noFilters: CatalogFilters = {
  category: [],
  tag: [],
  owner: [],
  lifecycle: [],
  runnable: false,
  hasInstance: false,
  updateAvailable: false,
  pinned: false,
}

export function isFiltered(params: CatalogFilters): boolean {
  return flags.some((flag) => params[flag]) || valueFilters.some((name) => params[name].length > 0)
}

/**
 * Whatever is in an address becomes something that can be asked for.
 *
 * @returns that, and the names of the parameters that could not be understood as they stand
 */
export function parseCatalogParams(search: URLSearchParams): {
  params: CatalogParams
  misread: string[]
} {
  const misread = new Set<string>()
  const one = <Value extends string>(name: string, known: readonly Value[]): Value | null => {
    const said = search.get(name)
    const found = known.find((each) => each === said) ?? null
    if (said !== null && found === null) misread.add(name)
    return found
  }
  const values = (name: string, take: (said: string) => string | null): string[] => {
    const said = search.getAll(name).filter((value) => value !== '')
    const taken = [...new Set(said.flatMap((value) => take(value) ?? []))].slice(0, maxValues)
    if (taken.length < new Set(said).size) misread.add(name)
    return taken
  }
  const short = (said: string) => (said.length <= maxValueLength ? said : null)
  const lifecycle = values('lifecycle', (said) => lifecycleOf(said))
  const flag = (name: Flag) => one(name, ['true']) !== null

  const q = (search.get('q') ?? '').trim()
  if (q.length > maxSearchLength) misread.add('q')
  const params: CatalogParams = {
    q: q.slice(0, maxSearchLength).trim(),
    // “All” is the contract's word for no filter.
    category: values('category', short).filter((value) => value !== 'All'),
    tag: values('tag', short),
    owner: values('owner', short),
    lifecycle: lifecycle.flatMap((value) => lifecycleOf(value) ?? []),
    runnable: flag('runnable'),
    hasInstance: flag('hasInstance'),
    updateAvailable: flag('updateAvailable'),
    pinned: flag('pinned'),
    sort: one('sort', sorts) ?? 'relevance',
    view: one('view', views),
    density: one('density', densities),
  }
  return { params, misread: [...misread] }
}

function lifecycleOf(said: string): Lifecycle | null {
  return lifecycles.find((each) => each === said.toUpperCase()) ?? null
}

/** The shortest address that says it: what is the default is left out. */
export function formatCatalogParams(params: CatalogParams): URLSearchParams {
  const search = new URLSearchParams()
  if (params.q !== '') search.set('q', params.q)
  for (const name of valueFilters) for (const value of params[name]) search.append(name, value)
  for (const flag of flags) if (params[flag]) search.set(flag, 'true')
  if (params.sort !== 'relevance') search.set('sort', params.sort)
  if (params.view !== null) search.set('view', params.view)
  if (params.density !== null) search.set('density', params.density)
  return search
}
