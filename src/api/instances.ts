import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { unsafe } from './client.ts'
import { client as http } from './generated/client.gen.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import {
  getInstance,
  getInstanceLogs,
  listInstances,
  resumeInstance,
  suspendInstance,
  terminateInstance,
  updateInstance,
  visitInstance,
} from './generated/sdk.gen.ts'
import type {
  GetInstanceLogsData,
  InstanceVisibility,
  ListInstancesData,
} from './generated/types.gen.ts'

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

/** The newest thousand: more than anybody may run, so a list is whole but for very long histories. */
export function instanceListOptions(filter: InstanceListFilter = {}) {
  return queryOptions({
    queryKey: instanceKeys.list(filter),
    queryFn: async ({ signal }) =>
      (await listInstances({ query: { ...filter, pageSize: 1000 }, signal })).data,
  })
}

/** The caller's own instances, newest first; anonymous people have none and aren't asked for. */
export function myInstancesOptions(userId: string | null) {
  return queryOptions({ ...instanceListOptions({ scope: 'mine' }), enabled: userId !== null })
}

export function instanceOptions(instanceId: string) {
  return queryOptions({
    queryKey: instanceKeys.detail(instanceId),
    queryFn: async ({ signal }) => (await getInstance({ path: { instanceId }, signal })).data,
  })
}

/** Where an instance's log is read, downloaded or, with `follow`, streamed from. */
export function instanceLogUrl(
  instanceId: string,
  query: NonNullable<GetInstanceLogsData['query']> = {},
): string {
  return http.buildUrl({ url: '/instances/{instanceId}/logs', path: { instanceId }, query })
}

const endBytes = 4096

/**
 * The last few kilobytes of a log.
 *
 * @param since when the instance last changed: a later end is another one
 */
export function logEndOptions(instanceId: string, since: string) {
  return queryOptions({
    queryKey: [...instanceKeys.detail(instanceId), 'logEnd', since] as const,
    queryFn: async ({ signal }) => {
      const { data } = await getInstanceLogs({
        path: { instanceId },
        query: { tail: endBytes },
        parseAs: 'text',
        signal,
      })
      return data
    },
    staleTime: Infinity,
  })
}

async function afterChange(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: instanceKeys.all }),
    client.invalidateQueries({ queryKey: getMeQueryKey() }),
  ])
}

type Context = { client: QueryClient }

export function suspendInstanceOptions() {
  return mutationOptions({
    mutationKey: ['suspendInstance'],
    mutationFn: async (instanceId: string) =>
      (await suspendInstance({ path: { instanceId }, headers: unsafe })).data,
    onSettled: (_data, _error, _id, _kept, { client }: Context) => afterChange(client),
  })
}

export function resumeInstanceOptions() {
  return mutationOptions({
    mutationKey: ['resumeInstance'],
    mutationFn: async (instanceId: string) =>
      (await resumeInstance({ path: { instanceId }, headers: unsafe })).data,
    onSettled: (_data, _error, _id, _kept, { client }: Context) => afterChange(client),
  })
}

export function terminateInstanceOptions() {
  return mutationOptions({
    mutationKey: ['terminateInstance'],
    mutationFn: async (instanceId: string) => {
      await terminateInstance({ path: { instanceId }, headers: unsafe })
    },
    onSuccess: async (_nothing, instanceId, _kept, { client }) => {
      client.removeQueries({ queryKey: instanceKeys.detail(instanceId) })
      await afterChange(client)
    },
  })
}

/** The answer's address works once and for a minute, so it is asked for at the click and never kept. */
export function visitInstanceOptions() {
  return mutationOptions({
    mutationKey: ['visitInstance'],
    gcTime: 0,
    mutationFn: async (instanceId: string) =>
      (await visitInstance({ path: { instanceId }, headers: unsafe })).data,
    // Visiting puts off the automatic pause.
    onSuccess: (_address, _id, _kept, { client }) => {
      void client.invalidateQueries({ queryKey: instanceKeys.all })
    },
  })
}

export function updateInstanceOptions() {
  return mutationOptions({
    mutationKey: ['updateInstance'],
    mutationFn: async (change: { instanceId: string; visibility: InstanceVisibility }) =>
      (
        await updateInstance({
          path: { instanceId: change.instanceId },
          body: { visibility: change.visibility },
          headers: unsafe,
        })
      ).data,
    onSuccess: (_instance, _change, _kept, { client }) => afterChange(client),
  })
}
