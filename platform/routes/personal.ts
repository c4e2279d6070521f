import { Hono } from 'hono'
import type { Actor } from '../../src/rules/actor.ts'
import { signInFirst } from '../../src/rules/decision.ts'
import { mayPinApp } from '../../src/rules/apps.ts'
import { maySeeSecret } from '../../src/rules/secrets.ts'
import { maySeeTags } from '../../src/rules/tags.ts'
import type { AppEnv, Platform } from '../context.ts'
import { appNotFound, enforce } from '../http/problem.ts'
import { listVersions } from '../store/apps.ts'
import { listSecrets } from '../store/secrets.ts'

/** Pins and secrets: what hangs on a person rather than on one app. */
export function personalRoutes({ database }: Platform) {
  function requireUser({ userId }: Actor): string {
    if (userId === null) enforce(signInFirst)
    return userId ?? ''
  }

  return new Hono<AppEnv>()
    .put('/pins/:appName', async (c) => {
      const user_id = requireUser(c.var.actor)
      const app_name = c.req.param('appName')
      const versions = await listVersions(database, app_name)
      if (!versions.some((app) => mayPinApp(c.var.actor, app).allowed)) throw appNotFound()
      await database
        .insertInto('pins')
        .values({ user_id, app_name })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return c.body(null, 204)
    })
    .delete('/pins/:appName', async (c) => {
      const userId = requireUser(c.var.actor)
      await database
        .deleteFrom('pins')
        .where('user_id', '=', userId)
        .where('app_name', '=', c.req.param('appName'))
        .execute()
      return c.body(null, 204)
    })
    .get('/secrets', async (c) => {
      const { actor } = c.var
      // Those who see no secrets at all are the ones who see no tags.
      enforce(maySeeTags(actor))
      const secrets = (await listSecrets(database))
        .filter((secret) => maySeeSecret(actor, secret).allowed)
        .map(({ name, visibility, parent, values }) => ({
          name,
          visibility,
          parent,
          keys: Object.keys(values).toSorted(),
        }))
      return c.json({ secrets })
    })
}
