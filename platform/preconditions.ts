import type { Preconditions } from '../src/api/generated/types.gen.ts'
import type { Config } from './config.ts'
import type { Runtime } from './scheduler/python.ts'
import type { StoredApp } from './store/apps.ts'
import { findSecret, type StoredSecret } from './store/secrets.ts'

type Means = {
  readonly config: Config
  readonly python: Runtime | null
  readonly secrets: readonly StoredSecret[]
}

/** What stands in the way of this person running the app; null: of anybody. */
export function preconditionsOf(
  app: StoredApp,
  { config, python, secrets }: Means,
  userId: string | null,
): Preconditions {
  const problems: Preconditions['problems'] = []
  const { runtime, env, files } = app.manifest
  if (runtime?.appMode === 'container') {
    problems.push({
      code: 'runtime.container-unsupported',
      message: 'It is a container app, and this platform runs Python apps only.',
    })
  } else if (runtime !== null && config.scheduler === 'process' && python === null) {
    problems.push({
      code: 'runtime.python-missing',
      message:
        'The platform finds no Python 3. An admin has to install it and start the platform again.',
    })
  }
  const missing = new Map<string, string>()
  for (const entry of [...env, ...files]) {
    if (!('secret' in entry) || entry.optional) continue
    const secret = findSecret(secrets, entry.secret, app.name, userId)
    if (secret === undefined) {
      missing.set(
        entry.secret,
        `It needs the secret “${entry.secret}”, which this platform doesn’t have. Ask an admin for it.`,
      )
    } else if (!Object.hasOwn(secret.values, entry.secretKey)) {
      missing.set(
        `${entry.secret}.${entry.secretKey}`,
        `The secret “${entry.secret}” has no key “${entry.secretKey}”. Ask an admin to add it.`,
      )
    }
  }
  for (const message of missing.values()) problems.push({ code: 'secret.missing', message })
  return { runnable: problems.length === 0, problems }
}
