import { queryOptions } from '@tanstack/react-query'
import './client.ts'
import { getEnvironmentQueryKey } from './generated/@tanstack/react-query.gen.ts'
import { getEnvironment } from './generated/sdk.gen.ts'

/** What this deployment offers; it changes when an admin changes it, so rarely. */
export function environmentOptions() {
  return queryOptions({
    queryKey: getEnvironmentQueryKey(),
    queryFn: async ({ signal }) => (await getEnvironment({ signal })).data,
    staleTime: 5 * 60_000,
  })
}
