import type { Preconditions } from '../src/api/generated/types.gen.ts'
import type { AppMode, Manifest } from '../src/bundle/manifest/manifest.ts'
import type { Config } from './config.ts'
import type { Runtime } from './scheduler/python.ts'
import type { StoredApp } from './store/apps.ts'
import { findSecret, type StoredSecret } from './store/secrets.ts'

export type Means = {
  readonly config: Config
  readonly python: Runtime | null
  readonly secrets: readonly StoredSecret[]
}

/** What an app needs of the platform before it can run. */
export type Needs = {
  /** Null where nothing runs. */
  readonly appMode: AppMode | null
  readonly secrets: readonly { readonly secret: string; readonly secretKey: string }[]
}

export function needsOf({
  runtime,
  env,
  files,
}: Pick<Manifest, 'runtime' | 'env' | 'files'>): Needs {
  const secrets = [...env, ...files].flatMap((entry) =>
    'secret' in entry && !entry.optional
      ? { secret: entry.secret, secretKey: entry.secretKey }
      : [],
  )
  return { appMode: runtime?.appMode ?? null, secrets }
}

/** What stands in the way of this person running the app; null: of anybody. */
export function preconditionsOf(
  app: Pick<StoredApp, 'name' | 'manifest'>,
  means: Means,
  userId: string | null,
): Preconditions {
  return whatIsMissing(needsOf(app.manifest), app.name, means, userId)
}

/** The same for an app of this name of which no more is known than its needs. */
export function whatIsMissing(
  { appMode, secrets: needed }: Needs,
  appName: string,
  { config, python, secrets }: Means,
  userId: string | null,
): Preconditions {
  const problems: Preconditions['problems'] = []
  if (appMode === 'container') {
    problems.push({
      code: 'runtime.container-unsupported',
      message: 'It is a container app, and this platform runs Python apps only.',
    })
  } else if (appMode !== null && config.scheduler === 'process' && python === null) {
    problems.push({
      code: 'runtime.python-missing',
      message:
        'The platform finds no Python 3. An admin has to install it and start the platform again.',
    })
  }
  const missing = new Map<string, string>()
  for (const entry of needed) {
    const secret = findSecret(secrets, entry.secret, appName, userId)
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
