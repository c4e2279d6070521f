import type { Instance } from '../../api/generated/types.gen.ts'
import type { InstancesParams, Sort, StatusGroup } from './instances-params.ts'

const groupOf: Record<Instance['status'], StatusGroup> = {
  PENDING: 'active',
  DEPLOYED: 'active',
  UNKNOWN: 'active',
  FAILED: 'failed',
  SUSPENDED: 'paused',
}

/** What needs looking at, then what runs, then what failed, then what rests. */
const rank: Record<Instance['status'], number> = {
  PENDING: 0,
  UNKNOWN: 1,
  DEPLOYED: 2,
  FAILED: 3,
  SUSPENDED: 4,
}

export type Arranged = {
  /** Those that match, in the order asked for. */
  shown: Instance[]
  /** How many each status would show, and the newer-version filter, with the other filters as they are. */
  counts: Record<StatusGroup, number> & { outdated: number }
  /** The apps there are instances of, by title. */
  apps: { name: string; title: string }[]
}

/** Everything the page shows of the list, in one go through it. */
export function arrange(instances: readonly Instance[], params: InstancesParams): Arranged {
  const words = params.q.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const counts = { all: 0, active: 0, failed: 0, paused: 0, outdated: 0 }
  const apps = new Map<string, string>()
  const shown: Instance[] = []
  for (const instance of instances) {
    const { app, status, visibility, newerVersion } = instance
    apps.set(app.name, app.title)
    if (params.app !== null && app.name !== params.app) continue
    if (params.visibility !== null && visibility !== params.visibility) continue
    if (words.length > 0 && !matches(instance, words)) continue
    const group = groupOf[status]
    const inGroup = params.status === 'all' || group === params.status
    const isOutdated = newerVersion !== null
    if (isOutdated && inGroup) counts.outdated += 1
    if (params.outdated && !isOutdated) continue
    counts.all += 1
    counts[group] += 1
    if (inGroup) shown.push(instance)
  }
  return {
    shown: shown.toSorted(orders[params.sort]),
    counts,
    apps: [...apps]
      .map(([name, title]) => ({ name, title }))
      .toSorted((a, b) => compareText(a.title, b.title)),
  }
}

/** Every word has to be in what one sees of it. */
function matches({ id, app, aliases, profile }: Instance, words: readonly string[]): boolean {
  const text = `${app.title} ${app.name} ${app.version} ${profile} ${id} ${aliases
    .map(({ name }) => name)
    .join(' ')}`.toLocaleLowerCase()
  return words.every((word) => text.includes(word))
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const byNewest = (a: Instance, b: Instance) =>
  compareText(b.createdAt, a.createdAt) || compareText(a.id, b.id)

const orders: Record<Sort, (a: Instance, b: Instance) => number> = {
  active: (a, b) => rank[a.status] - rank[b.status] || byNewest(a, b),
  newest: byNewest,
  // What never pauses comes last; “~” is after every digit.
  pauses: (a, b) => compareText(a.suspendAfter ?? '~', b.suspendAfter ?? '~') || byNewest(a, b),
  app: (a, b) =>
    compareText(a.app.title.toLocaleLowerCase(), b.app.title.toLocaleLowerCase()) ||
    rank[a.status] - rank[b.status] ||
    byNewest(a, b),
}
