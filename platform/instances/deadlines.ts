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

/**
 * Moves every automatic pause with a clock that was set anew by `ms`. No pause is further ahead than its app's timeout:
 * a deadline that was written by the new clock already stays where it is.
 *
 * @param now by the new clock
 */
export async function moveDeadlines(database: Database, ms: number, now: Date): Promise<void> {
  const running = await database
    .selectFrom('instances')
    .innerJoin('apps', 'apps.id', 'instances.app_id')
    .select(['instances.id', 'suspend_after', 'instance_timeout'])
    .where('instances.status', '=', 'DEPLOYED')
    .where('suspend_after', 'is not', null)
    .execute()
  await database.transaction().execute(async (transaction) => {
    for (const { id, suspend_after, instance_timeout } of running) {
      const deadline = Date.parse(suspend_after ?? '')
      const furthest = now.getTime() + (instance_timeout ?? 0) * 1000
      if (ms < 0 && deadline <= furthest) continue
      const moved = new Date(Math.min(deadline + ms, furthest)).toISOString()
      await transaction
        .updateTable('instances')
        .set({ suspend_after: moved })
        .where('id', '=', id)
        .execute()
    }
  })
}
