import { queryOptions } from '@tanstack/react-query'
import './client.ts'
import { listSecretsQueryKey } from './generated/@tanstack/react-query.gen.ts'
import { listSecrets } from './generated/sdk.gen.ts'

/** Names and keys of the secrets that the caller may see; for people with full access. */
export function secretListOptions() {
  return queryOptions({
    queryKey: listSecretsQueryKey(),
    queryFn: async ({ signal }) => (await listSecrets({ signal })).data,
  })
}
