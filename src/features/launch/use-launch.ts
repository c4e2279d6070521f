import { useMutation } from '@tanstack/react-query'
import { newRunIntent, type RunIntent, runAppOptions } from '../../api/apps.ts'
import { isWorthRetrying } from '../../api/errors.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { resumeInstanceOptions } from '../../api/instances.ts'

export type RunChoice = Pick<RunIntent, 'visibility' | 'profile'>

type Launch = {
  /** @param how left out: the usual profile, open to whom its instances usually are */
  run: (how?: RunChoice, then?: { onSuccess: () => void }) => void
  resume: (instanceId: string) => void
  pending: boolean
  error: unknown
}

/** Starts an app: a new instance, or one that is there already. */
export function useLaunch(app: Pick<App, 'id' | 'lifecycle' | 'visibility'>): Launch {
  const run = useMutation(runAppOptions())
  const resume = useMutation(resumeInstanceOptions())
  // An answer that got lost may have made an instance: asking again with the same key can't make a second one.
  const unanswered =
    run.isError && isWorthRetrying(run.error) && run.variables.appId === app.id
      ? run.variables
      : undefined
  return {
    run: (how, then) => {
      resume.reset()
      const wanted = { ...newRunIntent(app), ...how }
      const isSame =
        unanswered?.profile === wanted.profile && unanswered?.visibility === wanted.visibility
      run.mutate(isSame ? (unanswered ?? wanted) : wanted, then)
    },
    resume: (instanceId) => {
      run.reset()
      resume.mutate(instanceId)
    },
    pending: run.isPending || resume.isPending,
    error: run.error ?? resume.error,
  }
}
