import { mutationOptions, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { type Actor, anonymous } from '../rules/actor.ts'
import { unsafe } from './client.ts'
import { getMeQueryKey } from './generated/@tanstack/react-query.gen.ts'
import { getMe, signIn, signOut } from './generated/sdk.gen.ts'
import type { Me } from './generated/types.gen.ts'

/** Who is asking. Never fails for lack of a session: an anonymous caller is described as one. */
export function meOptions() {
  return queryOptions({
    queryKey: getMeQueryKey(),
    queryFn: async ({ signal }) => (await getMe({ signal })).data,
    staleTime: 30_000,
  })
}

/** Drops everything but who is asking; what is on screen is read again. */
export async function forgetOthers(client: QueryClient): Promise<void> {
  const [me] = getMeQueryKey()
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) =>
    Reflect.get(Object(queryKey[0]), '_id') !== me._id
  await client.cancelQueries({ predicate })
  client.removeQueries({ type: 'inactive', predicate })
  await client.resetQueries({ predicate })
}

/** What one person saw is nothing to the next. Ends when the next person's own is there. */
async function changePerson(client: QueryClient, me?: Me): Promise<void> {
  await client.cancelQueries({ queryKey: getMeQueryKey() })
  if (me === undefined) await client.resetQueries({ queryKey: getMeQueryKey() })
  else client.setQueryData(getMeQueryKey(), me)
  await forgetOthers(client)
}

export function signInOptions() {
  return mutationOptions({
    mutationKey: ['signIn'],
    mutationFn: async (persona: string) =>
      (await signIn({ body: { persona }, headers: unsafe })).data,
    onSuccess: (me, _persona, _kept, { client }) => changePerson(client, me),
  })
}

export function signOutOptions() {
  return mutationOptions({
    mutationKey: ['signOut'],
    mutationFn: async () => {
      await signOut({ headers: unsafe })
    },
    onSuccess: (_nothing, _variables, _kept, { client }) => changePerson(client),
  })
}

export function actorFrom(me: Me): Actor {
  return { userId: me.user?.id ?? null, access: me.access, admin: me.admin, roles: me.roles }
}

/** The person the rules are asked about; until the platform has said who it is, nobody. */
export function useActor(): Actor {
  const { data } = useQuery(meOptions())
  return data === undefined ? anonymous : actorFrom(data)
}
