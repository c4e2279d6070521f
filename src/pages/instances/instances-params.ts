import type { InstanceVisibility } from '../../api/generated/types.gen.ts'

/** Groups of statuses, as people look for them. */
export const statusGroups = ['all', 'active', 'failed', 'paused'] as const
export type StatusGroup = (typeof statusGroups)[number]

export const visibilities = [
  'PRIVATE',
  'ALL_USERS',
  'PUBLIC',
] as const satisfies readonly InstanceVisibility[]

export const sorts = ['active', 'newest', 'pauses', 'app'] as const
export type Sort = (typeof sorts)[number]

/** What the address of My Instances says. */
export type InstancesParams = {
  q: string
  status: StatusGroup
  /** The app's name, whichever version; null: any. */
  app: string | null
  visibility: InstanceVisibility | null
  /** Only those of which there is a newer version. */
  outdated: boolean
  sort: Sort
  /** The instance whose log is open. */
  log: string | null
}

export const noFilters = {
  q: '',
  status: 'all',
  app: null,
  visibility: null,
  outdated: false,
} as const satisfies Partial<InstancesParams>

const maxSearchLength = 200

/** Whatever is in an address becomes something that can be shown; what means nothing is left out. */
export function parseInstancesParams(search: URLSearchParams): InstancesParams {
  const one = <Value extends string>(name: string, known: readonly Value[]) =>
    known.find((each) => each === search.get(name)) ?? null
  const text = (name: string) => {
    const said = search.get(name)
    return said === null || said === '' ? null : said
  }
  return {
    q: (text('q') ?? '').slice(0, maxSearchLength),
    status: one('status', statusGroups) ?? 'all',
    app: text('app'),
    visibility: one('visibility', visibilities),
    outdated: search.get('outdated') === 'true',
    sort: one('sort', sorts) ?? 'active',
    log: text('log'),
  }
}

/** The shortest query that says it, with its `?`; what is the default is left out. */
export function formatInstancesParams(params: InstancesParams): string {
  const search = new URLSearchParams()
  if (params.q.trim() !== '') search.set('q', params.q.trim())
  if (params.status !== 'all') search.set('status', params.status)
  if (params.app !== null) search.set('app', params.app)
  if (params.visibility !== null) search.set('visibility', params.visibility)
  if (params.outdated) search.set('outdated', 'true')
  if (params.sort !== 'active') search.set('sort', params.sort)
  if (params.log !== null) search.set('log', params.log)
  return `?${search}`
}

export function isFiltered({ q, status, app, visibility, outdated }: InstancesParams): boolean {
  return q.trim() !== '' || status !== 'all' || app !== null || visibility !== null || outdated
}
