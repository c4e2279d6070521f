import { Hono } from 'hono'
import type { Environment } from '../../src/api/generated/types.gen.ts'
import { actorOf } from '../../src/rules/actor.ts'
import { personas, roleNames } from '../auth/personas.ts'
import type { AppEnv, Platform } from '../context.ts'
import { profiles } from '../profiles.ts'
import { tusVersion, uploadsPath } from '../uploads/tus.ts'
import { meView } from '../views.ts'
import packageJson from '../../package.json' with { type: 'json' }

export function environmentRoutes(platform: Platform) {
  const { config, python } = platform
  const { limits } = config
  const minor = python?.version.split('.').slice(0, 2).join('.')
  const environment: Environment = {
    name: 'Wavedeck on this machine',
    version: packageJson.version,
    signIn: {
      kind: 'personas',
      personas: personas.map(({ id, name, summary, roles }) => {
        const { access, admin } = actorOf(id, roles, roleNames)
        return { id, name, summary, access, admin }
      }),
    },
    publicMode: config.publicMode,
    allowedEnvNames: [...config.allowedEnvNames],
    scheduler: config.scheduler,
    notices:
      python === null && config.scheduler === 'process'
        ? [
            {
              severity: 'warning',
              title: 'No Python found',
              content:
                'Apps can be browsed and imported, but not run. Install Python 3 and start the platform again.',
            },
          ]
        : [],
    limits: {
      instancesPerUser: limits.instancesPerUser,
      instancesPerVisitor: limits.instancesPerVisitor,
      versionsPerName: limits.versionsPerName,
      bundleBytes: limits.bundleBytes,
      startSeconds: limits.startSeconds,
    },
    runtimes: minor
      ? [{ name: `python${minor}`, title: `Python ${minor}`, default: true, deprecated: false }]
      : [],
    confinement: platform.confinement,
    profiles: [...profiles],
    cli: { endpointUrl: platform.addresses.catalog, oidcUrl: null, clientId: null },
    uploads: {
      tus: tusVersion,
      path: uploadsPath,
      perUser: limits.uploadsPerUser,
      expiresAfterSeconds: limits.uploadSeconds,
    },
  }
  return new Hono<AppEnv>()
    .get('/environment', (c) => c.json(environment))
    .get('/me', async (c) => c.json(await meView(platform, c.var.actor)))
}
