import type { Database } from '../store/schema.ts'

/** The running instances that nobody has used for as long as they wait for somebody. */
export async function dueForPause(database: Database, now: Date): Promise<string[]> {
  const due = await database
    .selectFrom('instances')
    .select('id')
    .where('status', '=', 'DEPLOYED')
    .where('suspend_after', '<=', now.toISOString())
    .execute()
  return due.map(({ id }) => id)
}

/** Puts every automatic pause off, or forward, by as many milliseconds. */
export async function moveDeadlines(database: Database, ms: number): Promise<void> {
  const running = await database
    .selectFrom('instances')
    .select(['id', 'suspend_after'])
    .where('status', '=', 'DEPLOYED')
    .where('suspend_after', 'is not', null)
    .execute()
  await database.transaction().execute(async (transaction) => {
    for (const { id, suspend_after } of running) {
      const moved = new Date(Date.parse(suspend_after ?? '') + ms).toISOString()
      await transaction
        .updateTable('instances')
        .set({ suspend_after: moved })
        .where('id', '=', id)
        .execute()
    }
  })
}
