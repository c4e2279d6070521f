import type { ListInstancesData } from './generated/types.gen.ts'

export type InstanceListFilter = Omit<
  NonNullable<ListInstancesData['query']>,
  'pageToken' | 'pageSize'
>

/** From the whole resource down to one query: invalidating a key invalidates everything below it. */
export const instanceKeys = {
  all: ['instances'] as const,
  lists: () => [...instanceKeys.all, 'list'] as const,
  list: (filter: InstanceListFilter) => [...instanceKeys.lists(), filter] as const,
  detail: (instanceId: string) => [...instanceKeys.all, 'detail', instanceId] as const,
}
