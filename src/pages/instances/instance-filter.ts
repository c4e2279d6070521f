import type { Instance } from '../../api/generated/types.gen.ts'

export const instanceFilters = ['all', 'active', 'failed', 'paused'] as const

export type InstanceFilter = (typeof instanceFilters)[number]

export const filterWords: Record<InstanceFilter, string> = {
  all: 'All',
  active: 'Active',
  failed: 'Failed',
  paused: 'Paused',
}

const filterOfStatus: Record<Instance['status'], InstanceFilter> = {
  PENDING: 'active',
  DEPLOYED: 'active',
  UNKNOWN: 'active',
  FAILED: 'failed',
  SUSPENDED: 'paused',
}

export function readFilter(text: string | null): InstanceFilter {
  return instanceFilters.find((filter) => filter === text) ?? 'all'
}

export function matches(filter: InstanceFilter, { status }: Pick<Instance, 'status'>): boolean {
  return filter === 'all' || filterOfStatus[status] === filter
}

/** The same page with another filter, or with a log open; what isn't said stays as it is. */
export function withParams(
  params: URLSearchParams,
  change: { status?: InstanceFilter; log?: string | null },
): string {
  const next = new URLSearchParams(params)
  if (change.status === 'all') next.delete('status')
  else if (change.status !== undefined) next.set('status', change.status)
  if (change.log === null) next.delete('log')
  else if (change.log !== undefined) next.set('log', change.log)
  const text = next.toString()
  return text === '' ? '?' : `?${text}`
}
