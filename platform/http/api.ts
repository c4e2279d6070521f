import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { AppEnv, Platform } from '../context.ts'
import { appRoutes } from '../routes/apps.ts'
import { bundleContentRoutes } from '../routes/bundle-contents.ts'
import { docsRoutes } from '../routes/docs.ts'
import { environmentRoutes } from '../routes/environment.ts'
import { eventRoutes } from '../routes/events.ts'
import { instanceRoutes } from '../routes/instances.ts'
import { logRoutes } from '../routes/logs.ts'
import { aliasRoutes } from '../routes/aliases.ts'
import { personalRoutes } from '../routes/personal.ts'
import { sessionRoutes } from '../routes/session.ts'
import { tagRoutes } from '../routes/tags.ts'
import { uploadRoutes } from '../routes/uploads.ts'
import { usageRoutes } from '../routes/usage.ts'
import { storageProblem } from '../store/storage-problem.ts'
import { Problem } from './problem.ts'
import { identify, refuseForeign, securityHeaders } from './security.ts'
import { webRoutes } from './web.ts'

/** Everything on the catalog's own origin: the API, and the interface where it is built. */
export function createApi(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('requestId', randomUUID())
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
    c.header('X-Request-Id', c.var.requestId)
  })
  app.use('/api/*', async (c, next) => {
    await next()
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })
  app.use('/api/*', refuseForeign)
  app.use('/api/*', identify(platform))

  const routes = [
    environmentRoutes,
    sessionRoutes,
    appRoutes,
    uploadRoutes,
    instanceRoutes,
    logRoutes,
    usageRoutes,
    eventRoutes,
    bundleContentRoutes,
    tagRoutes,
    aliasRoutes,
    personalRoutes,
  ]
  for (const make of routes) app.route('/api/v1', make(platform))
  app.all('/api/*', () => {
    throw new Problem(404, 'route.not-found', 'The API has no such address or method.')
  })
  app.route('/', docsRoutes())
  if (platform.config.webRoot !== null) app.route('/', webRoutes(platform.config.webRoot))

  app.onError((error, c) => {
    const { requestId } = c.var
    if (error instanceof Problem) return error.toResponse(requestId)
    const storage = storageProblem(error)
    if (storage) {
      console.error(`wavedeck: request ${requestId}: ${error.message}`)
      return storage.toResponse(requestId)
    }
    console.error(`wavedeck: request ${requestId}:`, error)
    const title = `The platform failed at this. Try again; if it goes on, give an admin the request id ${requestId}.`
    return new Problem(500, 'platform.failed', title).toResponse(requestId)
  })
  app.notFound((c) =>
    new Problem(404, 'route.not-found', 'There is nothing at this address.').toResponse(
      c.var.requestId,
    ),
  )
  return app
}
