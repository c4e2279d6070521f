import { Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { zSignInBody } from '../../src/api/generated/zod.gen.ts'
import { actorOf } from '../../src/rules/actor.ts'
import { personas, roleNames } from '../auth/personas.ts'
import { createSession, endSession, sessionSeconds } from '../auth/sessions.ts'
import type { AppEnv, Platform } from '../context.ts'
import { Problem } from '../http/problem.ts'
import { readBody } from '../http/request.ts'
import { sessionCookie } from '../http/security.ts'
import { putUser } from '../store/users.ts'
import { meView } from '../views.ts'

export function sessionRoutes(platform: Platform) {
  const { database, now } = platform
  return new Hono<AppEnv>()
    .post('/session', async (c) => {
      const { persona: id } = await readBody(c, zSignInBody)
      const persona = personas.find((candidate) => candidate.id === id)
      if (persona === undefined) {
        throw new Problem(
          422,
          'session.unknown-persona',
          `There is no such persona. Choose one of ${personas.map((one) => one.id).join(', ')}.`,
          { violations: [{ field: 'persona', message: 'Not one of the personas' }] },
        )
      }
      const { summary: _, ...user } = persona
      await putUser(database, user)
      // A session of before is never taken over: signing in always begins a new one.
      if (c.var.sessionToken !== null) await endSession(database, c.var.sessionToken)
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
      if (c.var.sessionToken !== null) await endSession(database, c.var.sessionToken)
      deleteCookie(c, sessionCookie, { path: '/' })
      return c.body(null, 204)
    })
}
