import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { AppEnv } from '../context.ts'
import { readContract } from '../docs/openapi.ts'
import { referencePage } from '../docs/reference.ts'
import { contentSecurityPolicy } from '../http/security.ts'

/** The API reference, made from the contract when somebody first asks for it. */
export function docsRoutes() {
  let page: ((nonce: string) => string) | undefined
  return new Hono<AppEnv>().get('/docs/api', (c) => {
    page ??= referencePage(readContract())
    const nonce = randomBytes(16).toString('base64')
    c.header('Content-Security-Policy', contentSecurityPolicy(nonce))
    c.header('Cache-Control', 'no-cache')
    return c.html(page(nonce))
  })
}
