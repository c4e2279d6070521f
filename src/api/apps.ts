import {
  infiniteQueryOptions,
  keepPreviousData,
  mutationOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { unsafe } from './client.ts'
import { isWorthRetrying } from './errors.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import { getApp, listApps, listAppVersions, runApp, updateApp } from './generated/sdk.gen.ts'
import type { AppVisibility, InstanceVisibility, ListAppsData } from './generated/types.gen.ts'
import { instanceKeys } from './instances.ts'

export type AppListFilter = Omit<NonNullable<ListAppsData['query']>, 'pageToken' | 'pageSize'>

/** From the whole resource down to one query: invalidating a key invalidates everything below it. */
export const appKeys = {
  all: ['apps'] as const,
  lists: () => [...appKeys.all, 'list'] as const,
  list: (filter: AppListFilter) => [...appKeys.lists(), filter] as const,
  details: () => [...appKeys.all, 'detail'] as const,
  detail: (appId: string) => [...appKeys.details(), appId] as const,
  versions: (appId: string) => [...appKeys.all, 'versions', appId] as const,
}

const firstPageSize = 60
/** Who goes on scrolling wants many, and a change has all pages read again. */
const laterPageSize = 240
const firstPage: string | null = null
/** How long somebody may be away and come back to the list as they left it. */
const keptMs = 15 * 60_000

/** One page after the other; the pages before stay on screen while a changed filter loads. */
export function appListOptions(filter: AppListFilter = {}) {
  return infiniteQueryOptions({
    queryKey: appKeys.list(filter),
    queryFn: async ({ pageParam, signal }) =>
      (
        await listApps({
          query: {
            ...filter,
            ...(pageParam === null
              ? { pageSize: firstPageSize }
              : { pageSize: laterPageSize, pageToken: pageParam }),
          },
          signal,
        })
      ).data,
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextPageToken,
    placeholderData: keepPreviousData,
    gcTime: keptMs,
  })
}

/** The first apps of the catalog that a text finds; asked while somebody types. */
export function appSearchOptions(q: string) {
  return queryOptions({
    queryKey: [...appKeys.lists(), 'search', q] as const,
    queryFn: async ({ signal }) =>
      (
        await listApps({
          query: { scope: 'catalog', pageSize: 20, ...(q === '' ? {} : { q }) },
          signal,
        })
      ).data,
    placeholderData: keepPreviousData,
  })
}

export function appOptions(appId: string) {
  return queryOptions({
    queryKey: appKeys.detail(appId),
    queryFn: async ({ signal }) => (await getApp({ path: { appId }, signal })).data,
  })
}

/** The versions the caller may see, newest first. An author may keep ten a name, so one page holds them. */
export function appVersionsOptions(appId: string) {
  return queryOptions({
    queryKey: appKeys.versions(appId),
    queryFn: async ({ signal }) =>
      (await listAppVersions({ path: { appId }, query: { pageSize: 200 }, signal })).data,
  })
}

export type RunIntent = {
  appId: string
  visibility?: InstanceVisibility
  profile?: string
  /** Made once for each time somebody asks for an instance; all tries of it share it. */
  idempotencyKey: string
}

export const newRunIntent = (appId: string): RunIntent => ({
  appId,
  idempotencyKey: crypto.randomUUID(),
})

export function runAppOptions() {
  return mutationOptions({
    mutationKey: ['runApp'],
    mutationFn: async ({ appId, idempotencyKey, ...body }: RunIntent) =>
      (
        await runApp({
          path: { appId },
          body,
          headers: { ...unsafe, 'Idempotency-Key': idempotencyKey },
        })
      ).data,
    // Safe to repeat: the platform answers a key it knows with what it made the first time.
    retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    onSuccess: (_instance, { appId }, _kept, { client }) => afterRun(client, appId),
  })
}

async function afterRun(client: QueryClient, appId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: instanceKeys.all }),
    client.invalidateQueries({ queryKey: getMeQueryKey() }),
    client.invalidateQueries({ queryKey: appKeys.detail(appId) }),
    // Whose instances there are is a filter of the list.
    client.invalidateQueries({ queryKey: appKeys.lists() }),
  ])
}

export function updateAppOptions() {
  return mutationOptions({
    mutationKey: ['updateApp'],
    mutationFn: async ({ appId, visibility }: { appId: string; visibility: AppVisibility }) =>
      (await updateApp({ path: { appId }, body: { visibility }, headers: unsafe })).data,
    onSuccess: async (app, { appId }, _kept, { client }) => {
      client.setQueryData(appKeys.detail(appId), app)
      await client.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}
