import { queryOptions } from '@tanstack/react-query'
import './client.ts'
import { listTags } from './generated/sdk.gen.ts'

/** From the whole resource down to one query: invalidating a key invalidates everything below it. */
export const tagKeys = {
  all: ['tags'] as const,
  lists: () => [...tagKeys.all, 'list'] as const,
}

/** All tags, for people with full access. A platform has some dozens, so one page holds them. */
export function tagListOptions() {
  return queryOptions({
    queryKey: tagKeys.lists(),
    queryFn: async ({ signal }) => (await listTags({ query: { pageSize: 1000 }, signal })).data,
  })
}
