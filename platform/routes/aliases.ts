import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Alias } from '../../src/api/generated/types.gen.ts'
import {
  zAliasInput,
  zCreateAliasHeaders,
  zUpdateAliasBody,
} from '../../src/api/generated/zod.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { mayManageAliases, mayPointAlias } from '../../src/rules/aliases.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { signInFirst } from '../../src/rules/decision.ts'
import { maySeeInstance } from '../../src/rules/instances.ts'
import type { AppEnv, Platform } from '../context.ts'
import { enforce, instanceNotFound, Problem } from '../http/problem.ts'
import { readBody, readHeaders } from '../http/request.ts'
import { deleteAlias, getAlias, insertAlias, listAliases, updateAlias } from '../store/aliases.ts'
import { isUniqueViolation } from '../store/errors.ts'
import { findCreated, intentOf, putCreated } from '../store/idempotency.ts'
import { getInstance, type StoredInstance } from '../store/instances.ts'

/** Hosts that the platform itself answers on. */
const reserved = new Set(['apps', 'www', 'localhost'])

const aliasNotFound = () =>
  new Problem(404, 'alias.not-found', 'There is no such alias. Ask an admin for one.')

const nameTaken = (name: string) =>
  new Problem(409, 'alias.name-taken', `The alias “${name}” is there already, or kept free.`)

/** Vanity addresses: names that lead to an instance, and stay when it is gone. */
export function aliasRoutes({ database, now }: Platform) {
  async function visibleInstance(id: string, actor: Actor): Promise<StoredInstance> {
    const instance = await getInstance(database, id)
    if (instance === undefined) throw instanceNotFound()
    enforce(maySeeInstance(actor, instance, isInCatalogOf(actor, instance.storedApp)))
    return instance
  }

  async function knownAlias(id: string): Promise<Alias> {
    const alias = await getAlias(database, id)
    if (alias === undefined) throw aliasNotFound()
    return alias
  }

  return new Hono<AppEnv>()
    .get('/aliases', async (c) => {
      enforce(mayManageAliases(c.var.actor))
      return c.json({ aliases: await listAliases(database) })
    })
    .post('/aliases', async (c) => {
      const { actor } = c.var
      enforce(mayManageAliases(actor))
      const key = readHeaders(c, zCreateAliasHeaders)['Idempotency-Key']
      const { name, instanceId = null } = await readBody(c, zAliasInput)
      if (instanceId !== null) await visibleInstance(instanceId, actor)
      const intent = intentOf(actor.userId ?? '', key, `alias ${name} ${instanceId}`)
      const before = await findCreated(database, intent)
      if (before !== undefined) return c.json(await knownAlias(before), 201)
      if (reserved.has(name)) throw nameTaken(name)
      const id = randomUUID()
      try {
        await database.transaction().execute(async (transaction) => {
          await insertAlias(transaction, { id, name, instanceId })
          await putCreated(transaction, intent, id, now())
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        const earlier = await findCreated(database, intent)
        if (earlier === undefined) throw nameTaken(name)
        return c.json(await knownAlias(earlier), 201)
      }
      return c.json(await knownAlias(id), 201)
    })
    .patch('/aliases/:aliasId', async (c) => {
      const { actor } = c.var
      if (actor.access === 'anonymous') enforce(signInFirst)
      const alias = await knownAlias(c.req.param('aliasId'))
      const { instanceId = alias.instanceId, primary = alias.primary } = await readBody(
        c,
        zUpdateAliasBody,
      )
      // Both those it leads away from and those it leads to have to be the caller's.
      for (const id of new Set([alias.instanceId, instanceId])) {
        if (id !== null) enforce(mayPointAlias(actor, await visibleInstance(id, actor)))
      }
      if (alias.instanceId === null && instanceId === null) enforce(mayManageAliases(actor))
      await updateAlias(database, { id: alias.id, instanceId, primary })
      return c.json(await knownAlias(alias.id))
    })
    .delete('/aliases/:aliasId', async (c) => {
      enforce(mayManageAliases(c.var.actor))
      const { id } = await knownAlias(c.req.param('aliasId'))
      await deleteAlias(database, id)
      return c.body(null, 204)
    })
}
