import type { Database, UserRow } from './schema.ts'

export type User = { id: string; name: string; email: string; roles: string[] }

function fromRow(row: UserRow): User {
  return { ...row, roles: JSON.parse(row.roles) }
}

/** Keeps what the sign-in provider said last of a person; owners are shown from here. */
export async function putUser(database: Database, user: User): Promise<void> {
  const values = { name: user.name, email: user.email, roles: JSON.stringify(user.roles) }
  await database
    .insertInto('users')
    .values({ id: user.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

export async function getUsers(
  database: Database,
  ids: Iterable<string>,
): Promise<Map<string, User>> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return new Map()
  const rows = await database.selectFrom('users').selectAll().where('id', 'in', unique).execute()
  return new Map(rows.map((row) => [row.id, fromRow(row)]))
}

/** The roles that each person had when they last signed in. */
export async function listRolesOfPeople(database: Database): Promise<string[][]> {
  const rows = await database.selectFrom('users').select('roles').execute()
  return rows.map(({ roles }) => JSON.parse(roles))
}

/** The names of the apps that a person pinned. */
export async function listPins(database: Database, userId: string | null): Promise<Set<string>> {
  if (userId === null) return new Set()
  const rows = await database
    .selectFrom('pins')
    .select('app_name')
    .where('user_id', '=', userId)
    .execute()
  return new Set(rows.map((row) => row.app_name))
}
