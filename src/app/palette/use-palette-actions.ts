import { useColorScheme } from '@mui/material/styles'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newRunIntent, type RunIntent, runAppOptions } from '../../api/apps.ts'
import { isWorthRetrying } from '../../api/errors.ts'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { myInstancesOptions, resumeInstanceOptions } from '../../api/instances.ts'
import { signOutOptions } from '../../api/session.ts'
import { statusAnnouncement } from '../../features/launch/instance-words.ts'
import { useVisit } from '../../features/launch/use-visit.ts'
import { openPalette } from './palette-state.ts'

export type PaletteActions = {
  visit: (instanceId: string, title: string) => void
  run: (app: Pick<App, 'id' | 'title' | 'lifecycle' | 'visibility'>) => void
  resume: (instanceId: string, title: string) => void
  askToPause: (instance: Instance) => void
  askToTerminate: (instance: Instance) => void
  setTheme: (mode: 'light' | 'dark' | 'system', label: string) => void
  showShortcuts: () => void
  signOut: () => void
}

/** What came of the last command. */
export type Outcome =
  | { kind: 'busy'; words: string }
  /** An instance on its way; its status is read from the list. */
  | { kind: 'following'; instanceId: string }
  /** `quiet`: it can be seen anyway, so it is only said. */
  | { kind: 'done'; words: string; quiet: boolean }
  | { kind: 'failed'; words: string; error: unknown; retry: (() => void) | null }
  | { kind: 'blocked'; url: string; title: string }

export type Asking = { about: 'pause' | 'terminate'; instance: Instance; open: boolean }

/** Does what the palette's commands say, by the same calls and questions as the pages. */
export function usePaletteActions(userId: string | null) {
  const client = useQueryClient()
  const { setMode } = useColorScheme()
  const visit = useVisit()
  const run = useMutation(runAppOptions())
  const resume = useMutation(resumeInstanceOptions())
  const signOut = useMutation(signOutOptions())
  const [asking, setAsking] = useState<Asking | null>(null)
  // What one person did is nothing to the next.
  const [last, setLast] = useState<{ userId: string | null; outcome: Outcome } | null>(null)
  const [visited, setVisited] = useState<{ title: string } | null>(null)

  function say(outcome: Outcome, whose = userId) {
    setVisited(null)
    setLast({ userId: whose, outcome })
  }

  function start(intent: RunIntent, title: string) {
    say({ kind: 'busy', words: `Starting ${title}…` })
    run.mutate(intent, {
      onSuccess: ({ id }) => say({ kind: 'following', instanceId: id }),
      onError: (error) =>
        say({
          kind: 'failed',
          words: `${title} could not be started.`,
          error,
          // With the same key: where only the answer got lost, no second instance is made.
          retry: isWorthRetrying(error) ? () => start(intent, title) : null,
        }),
    })
  }

  function resumeIt(instanceId: string, title: string) {
    say({ kind: 'busy', words: `Resuming ${title}…` })
    resume.mutate(instanceId, {
      onSuccess: () => say({ kind: 'following', instanceId }),
      onError: (error) =>
        say({
          kind: 'failed',
          words: `${title} could not be resumed.`,
          error,
          retry: isWorthRetrying(error) ? () => resumeIt(instanceId, title) : null,
        }),
    })
  }

  function leave() {
    say({ kind: 'busy', words: 'Signing out…' })
    signOut.mutate(undefined, {
      onSuccess: () => say({ kind: 'done', words: 'You are signed out.', quiet: false }, null),
      onError: (error) =>
        say({ kind: 'failed', words: 'You are still signed in.', error, retry: leave }),
    })
  }

  function stopAsking() {
    if (asking === null) return
    setAsking({ ...asking, open: false })
    const { id, status, app } = asking.instance
    const now = client.getQueryData(myInstancesOptions(userId).queryKey)
    const instance = now?.instances.find((each) => each.id === id)
    if (now === undefined || instance?.status === status) return
    const words =
      instance === undefined ? `${app.title} is terminated` : statusAnnouncement(instance)
    say({ kind: 'done', words: `${words}.`, quiet: false })
  }

  const actions: PaletteActions = {
    visit: (instanceId, title) => {
      setLast(null)
      setVisited({ title })
      visit.visit(instanceId, title)
    },
    run: (app) => start(newRunIntent(app), app.title),
    resume: resumeIt,
    askToPause: (instance) => setAsking({ about: 'pause', instance, open: true }),
    askToTerminate: (instance) => setAsking({ about: 'terminate', instance, open: true }),
    setTheme: (mode, label) => {
      setMode(mode)
      say({ kind: 'done', words: `${label} is on.`, quiet: true })
    },
    showShortcuts: () => openPalette('shortcuts'),
    signOut: leave,
  }

  return {
    actions,
    asking,
    stopAsking,
    outcome: outcomeOf(visit, visited) ?? (last?.userId === userId ? last.outcome : null),
    dismiss: () => {
      setVisited(null)
      setLast(null)
    },
  }
}

function outcomeOf(
  { blockedUrl, error }: ReturnType<typeof useVisit>,
  visited: { title: string } | null,
): Outcome | null {
  if (visited === null) return null
  const { title } = visited
  if (blockedUrl !== null) return { kind: 'blocked', url: blockedUrl, title }
  if (error === null) return null
  return { kind: 'failed', words: `${title} could not be opened.`, error, retry: null }
}
