import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { type Actor, actorOf, anonymous } from '../../src/rules/actor.ts'
import { roleNames } from '../auth/personas.ts'
import { findSession } from '../auth/sessions.ts'
import type { AppEnv, Platform } from '../context.ts'
import { Problem } from './problem.ts'

export const sessionCookie = 'wavedeck_session'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What every answer carries, whatever it is. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
}

/** @param nonce lets the interface's styles in; scripts come from files alone */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // blob: is for pictures out of a bundle that isn't imported yet; only the page itself can make such addresses.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Keeps other sites from acting for a signed-in person: a header that only our own pages may send, and our Origin. */
export const refuseForeign = createMiddleware<AppEnv>(async (c, next) => {
  if (safeMethods.has(c.req.method)) return next()
  const origin = c.req.header('Origin')
  const host = c.req.header('Host') ?? new URL(c.req.url).host
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new Problem(
      403,
      'request.foreign-origin',
      `Requests from ${origin.slice(0, 100)} are not taken. Use the catalog at http://${host}.`,
    )
  }
  if (c.req.header('X-Wavedeck-Request') !== '1') {
    throw new Problem(
      403,
      'request.header-missing',
      'Requests that change something need the header “X-Wavedeck-Request: 1”.',
    )
  }
  return next()
})

/** Finds out who is asking; a session that has ended makes its caller anonymous. */
export function identify(platform: Platform) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const token = getCookie(c, sessionCookie) ?? null
    c.set('sessionToken', token)
    c.set('actor', await actorNow(platform, token))
    return next()
  })
}

/** Who holds the session now; streams that last ask again. */
export async function actorNow({ database, now }: Platform, token: string | null): Promise<Actor> {
  const session = token === null ? undefined : await findSession(database, token, now())
  return session ? actorOf(session.userId, session.roles, roleNames) : anonymous
}
