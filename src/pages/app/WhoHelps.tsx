import type { Person } from '../../api/generated/types.gen.ts'
import type { WhoCan } from '../../rules/decision.ts'

/** “Ask Priya Nair or an admin.”, with a way to write to them where their address may be seen. */
export function WhoHelps({ whoCan, owner }: { whoCan: WhoCan; owner: Person }) {
  if (whoCan === 'owner') {
    return (
      <>
        Ask <Owner owner={owner} />.
      </>
    )
  }
  if (whoCan === 'ownerOrAdmin') {
    return (
      <>
        Ask <Owner owner={owner} /> or an admin.
      </>
    )
  }
  if (whoCan === 'admin' || whoCan === 'fullAccess') return <>Ask an admin.</>
  return null
}

export function Owner({ owner: { name, email } }: { owner: Person }) {
  return email === null ? name : <a href={`mailto:${email}`}>{name}</a>
}
