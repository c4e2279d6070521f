import { useMutation } from '@tanstack/react-query'
import { newRunIntent, runAppOptions } from '../../api/apps.ts'
import { isWorthRetrying } from '../../api/errors.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { resumeInstanceOptions } from '../../api/instances.ts'

type Launch = {
  run: () => void
  resume: (instanceId: string) => void
  pending: boolean
  error: unknown
}

/** Starts an app: a new instance, or one that is there already. */
export function useLaunch(app: Pick<App, 'id'>): Launch {
  const run = useMutation(runAppOptions())
  const resume = useMutation(resumeInstanceOptions())
  // An answer that got lost may have made an instance: asking again with the same key can't make a second one.
  const unanswered =
    run.isError && isWorthRetrying(run.error) && run.variables.appId === app.id
      ? run.variables
      : undefined
  return {
    run: () => {
      resume.reset()
      run.mutate(unanswered ?? newRunIntent(app.id))
    },
    resume: (instanceId) => {
      run.reset()
      resume.mutate(instanceId)
    },
    pending: run.isPending || resume.isPending,
    error: run.error ?? resume.error,
  }
}
