import type { Database } from './schema.ts'

/** How often each name was launched; of the names given, or of all. */
export async function readLaunches(
  database: Database,
  names?: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database
    .selectFrom('launches')
    .selectAll()
    .$if(names !== undefined, (query) => query.where('app_name', 'in', names ?? []))
    .execute()
  return new Map(rows.map((row) => [row.app_name, row.count]))
}
