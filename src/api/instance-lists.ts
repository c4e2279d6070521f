import type { QueryClient } from '@tanstack/react-query'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import type { Instance, InstanceList, Me } from './generated/types.gen.ts'
import { type InstanceListFilter, instanceKeys } from './instance-keys.ts'

/**
 * Puts instances that were read anew wherever they are shown, and takes out what is gone: a list of thousands isn't read
 * again because one of them changed.
 */
export async function putIntoLists(
  client: QueryClient,
  read: readonly Instance[],
  gone: ReadonlySet<string> = new Set(),
): Promise<void> {
  const userId = client.getQueryData<Me>(getMeQueryKey())?.user?.id ?? null
  const overtaken: Promise<void>[] = []
  for (const query of client.getQueryCache().findAll({ queryKey: instanceKeys.lists() })) {
    const { queryKey, state } = query
    // The answer that is on its way may be older than this.
    if (state.fetchStatus === 'fetching') {
      overtaken.push(client.invalidateQueries({ queryKey, exact: true }))
    }
    const list = client.getQueryData<InstanceList>(queryKey)
    if (list === undefined) continue
    const filter = (queryKey[2] ?? {}) as InstanceListFilter
    const after = merged(list, read, (each) => belongs(each, filter, userId), gone)
    if (after !== list) client.setQueryData(queryKey, after)
  }
  for (const instance of read) {
    const key = instanceKeys.detail(instance.id)
    if (client.getQueryData(key) !== undefined) client.setQueryData(key, instance)
  }
  await Promise.all(overtaken)
}

/** Whether the platform would list it. What the caller may see has been asked by reading it. */
function belongs(
  instance: Instance,
  { scope = 'mine', app, appName, status, id }: InstanceListFilter,
  userId: string | null,
): boolean {
  return (
    (scope !== 'mine' || instance.owner.id === userId) &&
    (app === undefined || instance.app.id === app) &&
    (appName === undefined || instance.app.name === appName) &&
    (status === undefined || instance.status === status) &&
    (id === undefined || id.includes(instance.id))
  )
}

function merged(
  list: InstanceList,
  read: readonly Instance[],
  isListed: (instance: Instance) => boolean,
  gone: ReadonlySet<string>,
): InstanceList {
  const fresh = new Map(read.map((each) => [each.id, each]))
  let changed = false
  const kept = list.instances.flatMap((before) => {
    const after = fresh.get(before.id)
    fresh.delete(before.id)
    if (after === undefined && !gone.has(before.id)) return before
    changed = true
    return after !== undefined && isListed(after) ? after : []
  })
  const added = [...fresh.values()].filter((each) => isListed(each))
  if (!changed && added.length === 0) return list
  const instances = added.length === 0 ? kept : [...added, ...kept].toSorted(newestFirst)
  const totalSize = list.totalSize + instances.length - list.instances.length
  return { ...list, instances, totalSize }
}

function newestFirst(a: Instance, b: Instance): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}
