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

type Problem = Omit<Preconditions['problems'][number], 'since'>

type Missing = Pick<Preconditions, 'runnable' | 'secrets'> & { readonly problems: Problem[] }

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

/**
 * What stands in the way of this person running the app; null: of anybody. Each problem with the time since when it is
 * known: a secret is never taken away, so that what is missing was missing at the import, and Python is looked for
 * when the platform starts.
 */
export function preconditionsOf(
  app: Pick<StoredApp, 'name' | 'manifest' | 'created_at'>,
  means: Means & { readonly startedAt: Date },
  userId: string | null,
): Preconditions {
  const { problems, ...rest } = whatIsMissing(needsOf(app.manifest), app.name, means, userId)
  const started = means.startedAt.toISOString()
  return {
    ...rest,
    problems: problems.map((problem) => ({
      ...problem,
      since:
        problem.code === 'runtime.python-missing' && started > app.created_at
          ? started
          : app.created_at,
    })),
  }
}

/** The same for an app of this name of which no more is known than its needs. */
export function whatIsMissing(
  { appMode, secrets: needed }: Needs,
  appName: string,
  { config, python, secrets }: Means,
  userId: string | null,
): Missing {
  const problems: Problem[] = []
  if (appMode === 'container') {
    problems.push({
      code: 'runtime.container-unsupported',
      message:
        'It is a container app, and this platform runs Python apps only. Ask its author for one that needs no container.',
    })
  } else if (appMode !== null && config.scheduler === 'process' && python === null) {
    problems.push({
      code: 'runtime.python-missing',
      message:
        'The platform finds no Python 3. An admin has to install it and start the platform again.',
    })
  }
  const entries = new Set<string>()
  const missing = new Map<string, string>()
  let present = 0
  for (const entry of needed) {
    const key = JSON.stringify([entry.secret, entry.secretKey])
    if (entries.has(key)) continue
    entries.add(key)
    const secret = findSecret(secrets, entry.secret, appName, userId)
    if (secret === undefined) {
      missing.set(
        entry.secret,
        `It needs the secret “${entry.secret}”, which this platform doesn’t have. Ask an admin for it.`,
      )
    } else if (Object.hasOwn(secret.values, entry.secretKey)) {
      present += 1
    } else {
      missing.set(
        key,
        `The secret “${entry.secret}” has no key “${entry.secretKey}”. Ask an admin to add it.`,
      )
    }
  }
  for (const message of missing.values()) problems.push({ code: 'secret.missing', message })
  return {
    runnable: problems.length === 0,
    problems,
    secrets: { needed: entries.size, present },
  }
}
