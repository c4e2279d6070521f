import {
  infiniteQueryOptions,
  keepPreviousData,
  mutationOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { appKeys } from './apps.ts'
import { unsafe } from './client.ts'
import { isWorthRetrying } from './errors.ts'
import {
  assignTag,
  changeAssignments,
  createTag,
  deleteTag,
  getTag,
  listRoles,
  listTaggedApps,
  listTags,
  mergeTags,
  previewTagImpact,
  removeTag,
  updateTag,
} from './generated/sdk.gen.ts'
import type {
  AssignmentChange,
  ListTagsData,
  TagChange,
  TagDetail,
  TagInput,
  TagMerge,
  TagPlan,
} from './generated/types.gen.ts'

export type TagListFilter = Omit<NonNullable<ListTagsData['query']>, 'pageToken' | 'pageSize'>

/** From the whole resource down to one query: invalidating a key invalidates everything below it. */
export const tagKeys = {
  all: ['tags'] as const,
  lists: () => [...tagKeys.all, 'list'] as const,
  list: (filter: TagListFilter) => [...tagKeys.lists(), filter] as const,
  detail: (tagId: string) => [...tagKeys.all, 'detail', tagId] as const,
  apps: (tagId: string, q: string) => [...tagKeys.all, 'apps', tagId, q] as const,
  impact: (tagId: string, plan: TagPlan) => [...tagKeys.all, 'impact', tagId, plan] as const,
  roles: () => [...tagKeys.all, 'roles'] as const,
}

const pageSize = 500
/** Rows that are drawn without a long task; searching is quicker than scrolling anyway. */
const firstTags = 100
const moreTags = 200
/** Versions that somebody gains or loses, shown at once. */
const impactSize = 100
const firstPage: string | null = null

/** All tags, for people with full access. A platform has some dozens, so one page holds them. */
export function tagListOptions() {
  return queryOptions({
    queryKey: [...tagKeys.lists(), 'whole'] as const,
    queryFn: async ({ signal }) => (await listTags({ query: { pageSize: 1000 }, signal })).data,
  })
}

/** Tags found and sorted by the platform; those before stay on screen while a changed filter loads. */
export function tagSearchOptions(filter: TagListFilter) {
  return infiniteQueryOptions({
    queryKey: tagKeys.list(filter),
    queryFn: async ({ pageParam, signal }) => {
      const page =
        pageParam === null ? { pageSize: firstTags } : { pageSize: moreTags, pageToken: pageParam }
      return (await listTags({ query: { ...filter, ...page }, signal })).data
    },
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextPageToken,
    placeholderData: keepPreviousData,
  })
}

export function tagOptions(tagId: string) {
  return queryOptions({
    queryKey: tagKeys.detail(tagId),
    queryFn: async ({ signal }) => (await getTag({ path: { tagId }, signal })).data,
  })
}

/** The versions that carry a tag, of those that the caller may see. */
export function taggedAppsOptions(tagId: string, q: string) {
  return infiniteQueryOptions({
    queryKey: tagKeys.apps(tagId, q),
    queryFn: async ({ pageParam, signal }) =>
      (
        await listTaggedApps({
          path: { tagId },
          query: {
            pageSize,
            ...(q === '' ? {} : { q }),
            ...(pageParam === null ? {} : { pageToken: pageParam }),
          },
          signal,
        })
      ).data,
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextPageToken,
    placeholderData: keepPreviousData,
  })
}

/** Roles that the platform has seen so far: it can't ask the sign-in provider for all of them. */
export function rolesOptions() {
  return queryOptions({
    queryKey: tagKeys.roles(),
    queryFn: async ({ signal }) => (await listRoles({ signal })).data.roles,
  })
}

/** Who would gain and lose sight of what. Never old: it is what somebody decides by. */
export function impactOptions(tagId: string, plan: TagPlan) {
  return infiniteQueryOptions({
    queryKey: tagKeys.impact(tagId, plan),
    queryFn: async ({ pageParam, signal }) => {
      const { data, response } = await previewTagImpact({
        path: { tagId },
        body: plan,
        query: { pageSize: impactSize, ...(pageParam === null ? {} : { pageToken: pageParam }) },
        headers: unsafe,
        signal,
      })
      return { ...data, etag: response?.headers.get('ETag') ?? null }
    },
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextPageToken,
    staleTime: 0,
    gcTime: 0,
  })
}

/** Tags decide who sees an app, and are shown on it. */
export async function afterTagChange(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: tagKeys.all }),
    client.invalidateQueries({ queryKey: appKeys.all }),
  ])
}

/** @property idempotencyKey made once for each form, so that a retry after a lost answer makes nothing twice */
type NewTag = TagInput & { idempotencyKey: string }

export function createTagOptions() {
  return mutationOptions({
    mutationKey: ['createTag'],
    mutationFn: async ({ idempotencyKey, ...body }: NewTag) =>
      (await createTag({ body, headers: { ...unsafe, 'Idempotency-Key': idempotencyKey } })).data,
    retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    onSuccess: async (tag, _new, _kept, { client }) => {
      client.setQueryData(tagKeys.detail(tag.id), tag)
      await afterTagChange(client)
    },
  })
}

type TagEdit = { tagId: string; etag: string; change: TagChange }

export function updateTagOptions() {
  return mutationOptions({
    mutationKey: ['updateTag'],
    mutationFn: async ({ tagId, etag, change }: TagEdit) =>
      (
        await updateTag({
          path: { tagId },
          body: change,
          headers: { ...unsafe, 'If-Match': etag },
        })
      ).data,
    onSuccess: async (tag, _edit, _kept, { client }) => {
      client.setQueryData(tagKeys.detail(tag.id), tag)
      await afterTagChange(client)
    },
  })
}

/** @param onDeleted called before anything is read again: its own page would find it gone, and say so */
export function deleteTagOptions(onDeleted: () => void) {
  return mutationOptions({
    mutationKey: ['deleteTag'],
    mutationFn: async ({ id, etag }: Pick<TagDetail, 'id' | 'etag'>) => {
      await deleteTag({ path: { tagId: id }, headers: { ...unsafe, 'If-Match': etag } })
    },
    onSuccess: (_nothing, _tag, _kept, { client }) => {
      onDeleted()
      return afterTagChange(client)
    },
  })
}

type Merge = TagMerge & { tagId: string; etag: string; idempotencyKey: string }

/** @param onMerged called before anything is read again */
export function mergeTagsOptions(onMerged: (into: TagDetail) => void) {
  return mutationOptions({
    mutationKey: ['mergeTags'],
    mutationFn: async ({ tagId, etag, idempotencyKey, ...body }: Merge) =>
      (
        await mergeTags({
          path: { tagId },
          body,
          headers: { ...unsafe, 'If-Match': etag, 'Idempotency-Key': idempotencyKey },
        })
      ).data,
    onSuccess: (tag, _merge, _kept, { client }) => {
      onMerged(tag)
      return afterTagChange(client)
    },
  })
}

type Assignment = AssignmentChange & {
  tagId: string
  /** Where somebody has looked at the impact: what they looked at is what is done. */
  etag?: string | null
}

/** Assigns a tag to many versions or removes it from them; the answer says what became of each. */
export function changeAssignmentsOptions() {
  return mutationOptions({
    mutationKey: ['changeAssignments'],
    mutationFn: async ({ tagId, etag, ...body }: Assignment) =>
      (
        await changeAssignments({
          path: { tagId },
          body,
          headers: { ...unsafe, ...(etag == null ? {} : { 'If-Match': etag }) },
        })
      ).data.results,
    onSettled: (_results, _error, _change, _kept, { client }) => afterTagChange(client),
  })
}

type NamedTag = Pick<TagDetail, 'id' | 'title'>
export type AppTagChange = {
  appId: string
  assign: readonly NamedTag[]
  remove: readonly NamedTag[]
}
/** A tag that stayed as it was, and why. */
export type RefusedTag = { tag: NamedTag; error: unknown }

/** Changes one version's tags, one after the other. Those that can't be changed stay, and are named with the reason. */
export function changeAppTagsOptions() {
  return mutationOptions({
    mutationKey: ['changeAppTags'],
    mutationFn: async ({ appId, assign, remove }: AppTagChange) => {
      const refused: RefusedTag[] = []
      const one = async (tag: NamedTag, call: typeof assignTag | typeof removeTag) => {
        try {
          await call({ path: { appId, tagId: tag.id }, headers: unsafe })
        } catch (error) {
          refused.push({ tag, error })
        }
      }
      for (const tag of assign) await one(tag, assignTag)
      for (const tag of remove) await one(tag, removeTag)
      return refused
    },
    onSettled: (_refused, _error, _change, _kept, { client }) => afterTagChange(client),
  })
}
