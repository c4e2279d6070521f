import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import './client.ts'
import { listUsage } from './generated/sdk.gen.ts'

/** As often as the platform looks. */
const everyMs = 5000

/** As many instances can be asked about at once. */
const atOnce = 100

/** What these instances took in the last minutes, in one request, kept up to date while somebody looks. */
export function usageOptions(instanceIds: readonly string[]) {
  const id = instanceIds.slice(0, atOnce).toSorted()
  return queryOptions({
    queryKey: ['usage', id] as const,
    queryFn: async ({ signal }) => {
      const { data } = await listUsage({ query: { id }, signal })
      return new Map(data.usages.map((usage) => [usage.instanceId, usage]))
    },
    enabled: id.length > 0,
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    structuralSharing: false,
    gcTime: 0,
  })
}
