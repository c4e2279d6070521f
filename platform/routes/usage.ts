import { Hono } from 'hono'
import { zListUsageQuery } from '../../src/api/generated/zod.gen.ts'
import { signInFirst } from '../../src/rules/decision.ts'
import { mayReadLog } from '../../src/rules/instances.ts'
import type { AppEnv, Platform } from '../context.ts'
import { enforce } from '../http/problem.ts'
import { readQuery } from '../http/request.ts'
import { stepSeconds } from '../instances/usage-history.ts'
import { listInstances } from '../store/instances.ts'

/** What instances took lately, for plots: one answer for as many as a screen shows. */
export function usageRoutes({ database, usage }: Platform) {
  return new Hono<AppEnv>().get('/usage', async (c) => {
    const { actor } = c.var
    if (actor.access === 'anonymous') enforce(signInFirst)
    const { id } = readQuery(c, zListUsageQuery, [], ['id'])
    const filter = { scope: 'visible', id } as const
    const instances = await listInstances(database, actor, filter, undefined, id.length)
    return c.json({
      stepSeconds,
      at: usage.at.toISOString(),
      usages: instances
        .filter((instance) => mayReadLog(actor, instance).allowed)
        .flatMap((instance) => usage.of(instance.id) ?? []),
    })
  })
}
