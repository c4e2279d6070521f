import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { contentSecurityPolicy } from './security.ts'

const noncePlace = '__CSP_NONCE__'

/** The built catalog. Every path that is no file is the single page, which knows its own addresses. */
export function webRoutes(webRoot: string) {
  return new Hono()
    .use(
      '/assets/*',
      serveStatic({
        root: webRoot,
        onFound: (_, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
      }),
    )
    .get('*', async (c, next) => {
      const isPage = path.extname(c.req.path) === '' || c.req.path === '/index.html'
      if (!isPage) return serveStatic({ root: webRoot })(c, next)
      const html = await readFile(path.join(webRoot, 'index.html'), 'utf8').catch(() => null)
      if (html === null) {
        return c.text('The catalog is not built. Start the platform with npm start.\n', 503)
      }
      const nonce = randomBytes(16).toString('base64')
      c.header('Content-Security-Policy', contentSecurityPolicy(nonce))
      c.header('Cache-Control', 'no-cache')
      return c.html(html.replaceAll(noncePlace, nonce))
    })
}
