import type { Alias } from '../../src/api/generated/types.gen.ts'
import type { Database, Tables } from './schema.ts'

const toAlias = (row: Tables['aliases']): Alias => ({
  id: row.id,
  name: row.name,
  instanceId: row.instance_id,
  // One that leads nowhere is no instance's first address.
  primary: row.is_primary === 1 && row.instance_id !== null,
})

export async function listAliases(database: Database): Promise<Alias[]> {
  const rows = await database.selectFrom('aliases').selectAll().orderBy('name').execute()
  return rows.map(toAlias)
}

/** The aliases of each of these instances, the primary one first, then by name. */
export async function aliasesOf(
  database: Database,
  instanceIds: readonly string[],
): Promise<Map<string, Alias[]>> {
  if (instanceIds.length === 0) return new Map()
  const rows = await database
    .selectFrom('aliases')
    .selectAll()
    .where('instance_id', 'in', instanceIds)
    .orderBy('is_primary', 'desc')
    .orderBy('name')
    .execute()
  return Map.groupBy(rows.map(toAlias), ({ instanceId }) => instanceId ?? '')
}

export async function getAlias(database: Database, id: string): Promise<Alias | undefined> {
  const row = await database
    .selectFrom('aliases')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toAlias(row)
}

export async function findAlias(database: Database, name: string): Promise<Alias | undefined> {
  const row = await database
    .selectFrom('aliases')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst()
  return row && toAlias(row)
}

/** @throws a unique violation where the name is taken */
export async function insertAlias(
  database: Database,
  { id, name, instanceId }: Omit<Alias, 'primary'>,
): Promise<void> {
  await database
    .insertInto('aliases')
    .values({ id, name, instance_id: instanceId, is_primary: 0 })
    .execute()
}

/** Leads an alias elsewhere. The first address of an instance makes another one of it an ordinary one. */
export async function updateAlias(
  database: Database,
  { id, instanceId, primary }: Omit<Alias, 'name'>,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    if (primary && instanceId !== null) {
      await transaction
        .updateTable('aliases')
        .set({ is_primary: 0 })
        .where('instance_id', '=', instanceId)
        .execute()
    }
    await transaction
      .updateTable('aliases')
      .set({ instance_id: instanceId, is_primary: primary ? 1 : 0 })
      .where('id', '=', id)
      .execute()
  })
}

export async function deleteAlias(database: Database, id: string): Promise<void> {
  await database.deleteFrom('aliases').where('id', '=', id).execute()
}
