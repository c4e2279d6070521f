import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useChangesStatus } from '../../api/changes.ts'
import { environmentOptions } from '../../api/environment.ts'
import { Banner } from '../../ui/Banner.tsx'
import { useReachable } from '../connection.ts'

const askAgainMs = 4000

function subscribe(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Says once, quietly, that what is on screen may be old, and asks until the platform answers again. */
export function ConnectionNotice() {
  const reachable = useReachable()
  const changes = useChangesStatus()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  useQuery({ ...environmentOptions(), refetchInterval: reachable ? false : askAgainMs })
  return (
    <div aria-live="polite">
      {!reachable && (
        <Banner tone="idle" title={online ? 'The platform can’t be reached.' : 'You are offline.'}>
          What you see may be old. This page goes on by itself when the platform answers.
        </Banner>
      )}
      {reachable && changes === 'polling' && (
        <Banner tone="idle" title="Live updates are interrupted.">
          Changes show a little later until they are back.
        </Banner>
      )}
    </div>
  )
}
