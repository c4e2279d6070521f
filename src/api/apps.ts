import {
  infiniteQueryOptions,
  keepPreviousData,
  mutationOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { usualInstanceVisibility } from '../rules/apps.ts'
import { newestPublished, type PublishStep } from '../rules/publishing.ts'
import { unsafe } from './client.ts'
import { isWorthRetrying } from './errors.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import { client as http } from './generated/client.gen.ts'
import {
  deleteApp,
  getApp,
  listApps,
  listAppVersions,
  runApp,
  updateApp,
} from './generated/sdk.gen.ts'
import type {
  App,
  AppVisibility,
  Instance,
  InstanceVisibility,
  ListAppsData,
} from './generated/types.gen.ts'
import { putIntoLists } from './instance-lists.ts'

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

/** The caller's own versions, all names; the newest thousand. */
export function myAppsOptions(userId: string | null) {
  return queryOptions({
    queryKey: [...appKeys.lists(), 'mine'] as const,
    queryFn: async ({ signal }) =>
      (await listApps({ query: { scope: 'mine', orderBy: 'newest', pageSize: 1000 }, signal }))
        .data,
    enabled: userId !== null,
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

/** Apps to put a tag on: for admins everybody's, for others what they see. One entry a name. */
export function assignableAppsOptions(q: string, admin: boolean) {
  return queryOptions({
    queryKey: [...appKeys.lists(), 'assignable', q, admin] as const,
    queryFn: async ({ signal }) =>
      (
        await listApps({
          query: {
            ...(admin ? { scope: 'admin', latest: true } : { scope: 'catalog' }),
            pageSize: 100,
            ...(q === '' ? {} : { q }),
          },
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

const versionsAtMost = 1000

/** The versions the caller may see, newest first. An author may keep ten a name by default, so one page holds them. */
export function appVersionsOptions(appId: string) {
  return queryOptions({
    queryKey: appKeys.versions(appId),
    queryFn: async ({ signal }) =>
      (await listAppVersions({ path: { appId }, query: { pageSize: versionsAtMost }, signal }))
        .data,
  })
}

export type RunIntent = {
  appId: string
  visibility?: InstanceVisibility
  profile?: string
  /** Made once for each time somebody asks for an instance; all tries of it share it. */
  idempotencyKey: string
}

type Launched = Pick<App, 'id' | 'lifecycle' | 'visibility'>

export const newRunIntent = (app: Launched): RunIntent => ({
  appId: app.id,
  visibility: usualInstanceVisibility(app),
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
    onSuccess: (instance, { appId }, _kept, { client }) => afterRun(client, appId, instance),
  })
}

async function afterRun(client: QueryClient, appId: string, instance: Instance): Promise<void> {
  await Promise.all([
    putIntoLists(client, [instance]),
    client.invalidateQueries({ queryKey: getMeQueryKey() }),
    client.invalidateQueries({ queryKey: appKeys.detail(appId) }),
    // Whose instances there are is a filter of the list.
    client.invalidateQueries({ queryKey: appKeys.lists() }),
  ])
}

/** Where a picture of the bundle is loaded from, if it is one. */
export function pictureUrl(appId: string, path: string): string {
  // As the platform reads it: one segment, whatever it holds.
  return http.buildUrl({ url: '/apps/{appId}/pictures/{path}', path: { appId, path } })
}

/** Where the bundle is downloaded from, byte for byte as it was imported. */
export function bundleUrl(appId: string): string {
  return http.buildUrl({ url: '/apps/{appId}/bundle', path: { appId } })
}

export function deleteAppOptions() {
  return mutationOptions({
    mutationKey: ['deleteApp'],
    mutationFn: async (appId: string) => {
      await deleteApp({ path: { appId }, headers: unsafe })
    },
    onSuccess: async (_nothing, appId, _kept, { client }) => {
      client.removeQueries({ queryKey: appKeys.detail(appId), type: 'inactive' })
      await client.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}

/** Deletes versions one after the other. Those that can't be deleted stay, and are named with the reason. */
export function deleteAppsOptions() {
  return mutationOptions({
    mutationKey: ['deleteApps'],
    mutationFn: async (apps: readonly Pick<App, 'id' | 'title' | 'version'>[]) => {
      const refused: { name: string; error: unknown }[] = []
      for (const { id, title, version } of apps) {
        try {
          await deleteApp({ path: { appId: id }, headers: unsafe })
        } catch (error) {
          refused.push({ name: `${title} ${version}`, error })
        }
      }
      return refused
    },
    onSettled: async (_nothing, _error, _apps, _kept, { client }) => {
      await client.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}

/** Changes the visibility of versions one after the other. What was done before one fails stays done. */
export function publishOptions() {
  return mutationOptions({
    mutationKey: ['publish'],
    mutationFn: async (steps: readonly PublishStep[]) => {
      for (const { appId, to } of steps) await setVisibility(appId, to)
      await keepOnePublished(steps)
    },
    onSettled: async (_nothing, _error, _steps, _kept, { client }) => {
      await client.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}

async function setVisibility(appId: string, visibility: AppVisibility): Promise<void> {
  await updateApp({ path: { appId }, body: { visibility }, headers: unsafe })
}

/** Two people who publish two versions at once could each make the other's private: whoever is last mends that. */
async function keepOnePublished(steps: readonly PublishStep[]): Promise<void> {
  const wanted = steps.find(({ to }) => to !== 'PRIVATE')
  if (wanted === undefined || steps.length < 2) return
  const { data } = await listAppVersions({
    path: { appId: wanted.appId },
    query: { pageSize: versionsAtMost },
  })
  if (newestPublished(data.versions) === undefined) await setVisibility(wanted.appId, wanted.to)
}

type AppChange = { appId: string; visibility?: AppVisibility; defaultProfile?: string | null }

export function updateAppOptions() {
  return mutationOptions({
    mutationKey: ['updateApp'],
    mutationFn: async ({ appId, ...change }: AppChange) =>
      (await updateApp({ path: { appId }, body: change, headers: unsafe })).data,
    onSuccess: async (app, { appId }, _kept, { client }) => {
      client.setQueryData(appKeys.detail(appId), app)
      await client.invalidateQueries({ queryKey: appKeys.all })
    },
  })
}
