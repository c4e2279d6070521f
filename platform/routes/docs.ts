import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { AppEnv } from '../context.ts'
import { readExplanations } from '../docs/explanations.ts'
import { findingsPage } from '../docs/findings-page.ts'
import { readContract } from '../docs/openapi.ts'
import { referencePage } from '../docs/reference.ts'
import { contentSecurityPolicy } from '../http/security.ts'

type Page = (nonce: string) => string

/** The API reference and the explanations of findings, each made when somebody first asks for it. */
export function docsRoutes() {
  return new Hono<AppEnv>()
    .get(
      '/docs/api',
      serve(() => referencePage(readContract())),
    )
    .get(
      '/docs/findings',
      serve(() => findingsPage(readExplanations())),
    )
}

function serve(make: () => Page): (c: Context<AppEnv>) => Response | Promise<Response> {
  let page: Page | undefined
  return (c) => {
    page ??= make()
    const nonce = randomBytes(16).toString('base64')
    c.header('Content-Security-Policy', contentSecurityPolicy(nonce))
    c.header('Cache-Control', 'no-cache')
    return c.html(page(nonce))
  }
}
