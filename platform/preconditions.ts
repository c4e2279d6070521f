import type { Preconditions } from '../src/api/generated/types.gen.ts'
import type { Config } from './config.ts'
import type { Runtime } from './scheduler/python.ts'
import type { StoredApp } from './store/apps.ts'

/** What stands in the way of running the app, for anybody. */
export function preconditionsOf(
  app: StoredApp,
  config: Config,
  python: Runtime | null,
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
  const missing = [...env, ...files].flatMap((entry) =>
    'secret' in entry && !entry.optional ? [`${entry.secret}.${entry.secretKey}`] : [],
  )
  for (const secret of new Set(missing)) {
    problems.push({
      code: 'secret.missing',
      message: `It needs the secret ${secret}, which this platform doesn’t have. Ask an admin for it.`,
    })
  }
  return { runnable: problems.length === 0, problems }
}
