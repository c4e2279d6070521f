import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { unsafe } from './client.ts'
import { client as http } from './generated/client.gen.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import {
  getInstance,
  getInstanceLogs,
  listInstanceEvents,
  listInstances,
  resumeInstance,
  suspendInstance,
  terminateInstance,
  updateInstance,
  visitInstance,
} from './generated/sdk.gen.ts'
import { type InstanceListFilter, instanceKeys } from './instance-keys.ts'
import { putIntoLists } from './instance-lists.ts'
import type { GetInstanceLogsData, Instance, InstanceVisibility } from './generated/types.gen.ts'

const pageSize = 1000
/** More than anybody can look through: a list of more says so. */
const maxPages = 5

/** All of them, or the newest five thousand. */
export function instanceListOptions(filter: InstanceListFilter = {}) {
  return queryOptions({
    queryKey: instanceKeys.list(filter),
    queryFn: async ({ signal }) => {
      const first = (await listInstances({ query: { ...filter, pageSize }, signal })).data
      const instances = [...first.instances]
      let pageToken = first.nextPageToken
      for (let page = 1; pageToken !== null && page < maxPages; page += 1) {
        const query = { ...filter, pageSize, pageToken }
        // Where a page ends, the next one says.
        // oxlint-disable-next-line no-await-in-loop
        const { data } = await listInstances({ query, signal })
        instances.push(...data.instances)
        pageToken = data.nextPageToken
      }
      return { ...first, instances, nextPageToken: pageToken }
    },
  })
}

/** As many may be asked for at once. */
const idsAtOnce = 100

/** Reads these alone; what the caller may not see any more isn't among them. */
export async function readInstances(ids: readonly string[]): Promise<Instance[]> {
  const parts = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, n) =>
    ids.slice(n * idsAtOnce, (n + 1) * idsAtOnce),
  )
  const answers = await Promise.all(
    parts.map((id) => listInstances({ query: { scope: 'visible', id, pageSize: idsAtOnce } })),
  )
  return answers.flatMap(({ data }) => data.instances)
}

/** What happened to an instance, oldest first; also of one that was terminated, for a while. */
export function instanceEventsOptions(instanceId: string) {
  return queryOptions({
    queryKey: [...instanceKeys.detail(instanceId), 'events'] as const,
    queryFn: async ({ signal }) =>
      (await listInstanceEvents({ path: { instanceId }, signal })).data.events,
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

/** What the platform made of it goes where it is shown; its timeline and the slots left are read again. */
async function afterChange(client: QueryClient, instance: Instance | string): Promise<void> {
  const isGone = typeof instance === 'string'
  const id = isGone ? instance : instance.id
  await Promise.all([
    putIntoLists(client, isGone ? [] : [instance], new Set(isGone ? [id] : [])),
    client.invalidateQueries({ queryKey: instanceKeys.detail(id) }),
    client.invalidateQueries({ queryKey: getMeQueryKey() }),
  ])
}

/** It may be other than it is shown. */
async function readItAgain(client: QueryClient, instanceId: string): Promise<void> {
  const read = await readInstances([instanceId]).catch(() => null)
  // Nobody may be signed in any more.
  if (read === null) return client.invalidateQueries({ queryKey: getMeQueryKey() })
  await Promise.all(
    read.length === 0
      ? [afterChange(client, instanceId)]
      : read.map((instance) => afterChange(client, instance)),
  )
}

type Context = { client: QueryClient }

export function suspendInstanceOptions() {
  return mutationOptions({
    mutationKey: ['suspendInstance'],
    mutationFn: async (instanceId: string) =>
      (await suspendInstance({ path: { instanceId }, headers: unsafe })).data,
    onSuccess: (instance, _id, _kept, { client }: Context) => afterChange(client, instance),
    onError: (_error, id, _kept, { client }: Context) => readItAgain(client, id),
  })
}

export function resumeInstanceOptions() {
  return mutationOptions({
    mutationKey: ['resumeInstance'],
    mutationFn: async (instanceId: string) =>
      (await resumeInstance({ path: { instanceId }, headers: unsafe })).data,
    onSuccess: (instance, _id, _kept, { client }: Context) => afterChange(client, instance),
    onError: (_error, id, _kept, { client }: Context) => readItAgain(client, id),
  })
}

export function terminateInstanceOptions() {
  return mutationOptions({
    mutationKey: ['terminateInstance'],
    mutationFn: async (instanceId: string) => {
      await terminateInstance({ path: { instanceId }, headers: unsafe })
    },
    onSuccess: (_nothing, id, _kept, { client }: Context) => afterChange(client, id),
    onError: (_error, id, _kept, { client }: Context) => readItAgain(client, id),
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
    onSuccess: (_address, id, _kept, { client }: Context) => {
      void readItAgain(client, id)
    },
  })
}

/** Puts off the automatic pause as a visit does, without opening anything: the address is thrown away. */
export function keepRunningOptions() {
  return mutationOptions({
    mutationKey: ['keepRunning'],
    mutationFn: async (instanceId: string) => {
      await visitInstance({ path: { instanceId }, headers: unsafe })
      const [instance] = await readInstances([instanceId])
      return instance
    },
    onSuccess: (instance, _id, _kept, { client }: Context) =>
      instance === undefined ? undefined : putIntoLists(client, [instance]),
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
    onSuccess: (instance, _change, _kept, { client }: Context) => afterChange(client, instance),
  })
}
