import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { zSignInBody } from '../../src/api/generated/zod.gen.ts'
import { actorOf } from '../../src/rules/actor.ts'
import { Attempts } from '../auth/attempts.ts'
import { type Persona, personas, roleNames } from '../auth/personas.ts'
import { createSession, endSession, sessionSeconds } from '../auth/sessions.ts'
import type { AppEnv, Platform } from '../context.ts'
import { Problem } from '../http/problem.ts'
import { readBody } from '../http/request.ts'
import { sessionCookie } from '../http/security.ts'
import { putUser } from '../store/users.ts'
import { meView } from '../views.ts'

/** A minute, from one address. */
const maxAttempts = 300
const maxFailures = 20

async function readPersona(c: Context): Promise<Persona> {
  const { persona: id } = await readBody(c, zSignInBody)
  const persona = personas.find((candidate) => candidate.id === id)
  if (persona !== undefined) return persona
  throw new Problem(
    422,
    'session.unknown-persona',
    `There is no such persona. Choose one of ${personas.map((one) => one.id).join(', ')}.`,
    { violations: [{ field: 'persona', message: 'Not one of the personas' }] },
  )
}

export function sessionRoutes(platform: Platform) {
  const { database, now, sessionEndings } = platform
  const attempts = new Attempts(maxAttempts, now)
  const failures = new Attempts(maxFailures, now)

  /** @throws {Problem} 429 where there were too many tries: more than a person makes, or too many in vain */
  async function limited(c: Context): Promise<Persona> {
    const address = getConnInfo(c).remote.address ?? ''
    const seconds = Math.max(attempts.wait(address), failures.wait(address))
    if (seconds > 0) {
      throw new Problem(
        429,
        'session.too-many-attempts',
        `Too many tries. Wait ${seconds} seconds, then sign in again.`,
        { headers: { 'Retry-After': String(seconds) } },
      )
    }
    attempts.count(address)
    try {
      return await readPersona(c)
    } catch (error) {
      failures.count(address)
      throw error
    }
  }

  async function leave(token: string | null): Promise<void> {
    if (token === null) return
    await endSession(database, token)
    sessionEndings.announce(token)
  }

  return new Hono<AppEnv>()
    .post('/session', async (c) => {
      const { summary: _, ...user } = await limited(c)
      await putUser(database, user)
      // A session of before is never taken over: signing in always begins a new one.
      await leave(c.var.sessionToken)
      const token = await createSession(database, user.id, now())
      setCookie(c, sessionCookie, token, {
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: sessionSeconds,
      })
      return c.json(await meView(platform, actorOf(user.id, user.roles, roleNames)))
    })
    .delete('/session', async (c) => {
      await leave(c.var.sessionToken)
      deleteCookie(c, sessionCookie, { path: '/' })
      return c.body(null, 204)
    })
}
