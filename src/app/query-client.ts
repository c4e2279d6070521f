import { hashKey, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, isUnreachable, isWorthRetrying } from '../api/errors.ts'
import { forgetOthers, meOptions } from '../api/session.ts'
import type { Connection } from './connection.ts'

/**
 * The cache of what the platform said. It also watches two things that no page should have to: whether the platform
 * answers at all, and whether the person changed, in another tab for example.
 */
export function createQueryClient(connection: Connection): QueryClient {
  const me = meOptions().queryKey
  const meHash = hashKey(me)
  let person: string | null | undefined

  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isUnreachable(error)) connection.lost()
        // The session ended elsewhere; `/me` itself never answers 401.
        if (error instanceof ApiError && error.status === 401) {
          void client.invalidateQueries({ queryKey: me })
        }
      },
      onSuccess: (_data, query) => {
        if (connection.found()) {
          void client.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
        }
        if (query.queryHash !== meHash) return
        const now = client.getQueryData(me)?.user?.id ?? null
        if (person !== undefined && person !== now) void forgetOthers(client)
        person = now
      },
    }),
    defaultOptions: {
      queries: {
        // The platform may well be on this machine: being offline says nothing about it.
        networkMode: 'always',
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
        retryDelay: (failures) => Math.min(400 * 2 ** failures, 4000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  return client
}
