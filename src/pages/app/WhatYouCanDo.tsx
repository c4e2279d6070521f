import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import type { App, Me } from '../../api/generated/types.gen.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import {
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayReadSource,
  mayRunApp,
} from '../../rules/apps.ts'
import { allowed, type Decision, refused } from '../../rules/decision.ts'
import { whyNoSlot } from '../../rules/limits.ts'
import { Panel } from './app-layout.ts'
import { WhoHelps } from './WhoHelps.tsx'

const Root = styled('details')(({ theme }) => ({
  '& > summary': { ...theme.typography.body2, fontWeight: 600, cursor: 'pointer' },
  '& ul': { ...theme.typography.body2, margin: '12px 0 0', padding: 0, listStyle: 'none' },
  '& li + li': { marginTop: 10 },
  '& p': { margin: '2px 0 0', color: theme.vars.palette.text.secondary, overflowWrap: 'anywhere' },
  '& a': { color: theme.vars.palette.primary.main },
}))

/** Why can't I …? What the rules refuse this person, why, and who can help. */
export function WhatYouCanDo({ app }: { app: App }) {
  const { data: me } = useQuery(meOptions())
  const { pathname } = useLocation()
  if (me === undefined) return null
  const actor = actorFrom(me)
  const asked: { what: string; decision: Decision }[] = [
    { what: 'run it', decision: mayRunNow(me, app) },
    { what: 'read its files', decision: mayReadSource(actor, app) },
    { what: 'download its bundle', decision: mayDownloadBundle(actor, app) },
    { what: 'change who sees it', decision: mayChangeAppVisibility(actor, app) },
    { what: 'delete it', decision: mayDeleteApp(actor, app) },
  ]
  const refusals = asked.filter(({ decision }) => !decision.allowed)
  if (refusals.length === 0) return null
  return (
    <Panel as="div">
      <Root>
        <summary>Why can’t I …</summary>
        <ul>
          {refusals.map(({ what, decision }) =>
            decision.allowed ? null : (
              <li key={what}>
                <b>… {what}?</b>
                <p>
                  {decision.whoCan === 'signedIn' ? (
                    <Link to={paths.signIn(pathname)}>Sign in first.</Link>
                  ) : (
                    <>
                      {decision.reason} <WhoHelps whoCan={decision.whoCan} owner={app.owner} />
                    </>
                  )}
                </p>
              </li>
            ),
          )}
        </ul>
      </Root>
    </Panel>
  )
}

/** The rule's answer; where it is yes, what else stands in the way just now. Those say themselves what to do. */
function mayRunNow(me: Me, app: App): Decision {
  const decision = mayRunApp(actorFrom(me), app)
  if (!decision.allowed) return decision
  const { runnable, problems } = app.preconditions
  if (!runnable) {
    const words = problems.map(({ message }) => message).join(' ')
    return refused('app.not-runnable', words, 'nobody')
  }
  const full = whyNoSlot(me.limits.instances)
  return full === null ? allowed : refused('limit.instances', full, 'nobody')
}
