import { styled } from '@mui/material/styles'
import type { App, Person } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import {
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayReadSource,
  mayRunApp,
} from '../../rules/apps.ts'
import type { Decision, WhoCan } from '../../rules/decision.ts'
import { Panel } from './app-layout.ts'

const Root = styled('details')(({ theme }) => ({
  '& > summary': { ...theme.typography.body2, fontWeight: 600, cursor: 'pointer' },
  '& ul': { ...theme.typography.body2, margin: '12px 0 0', padding: 0, listStyle: 'none' },
  '& li + li': { marginTop: 10 },
  '& p': { margin: '2px 0 0', color: theme.vars.palette.text.secondary, overflowWrap: 'anywhere' },
  '& a': { color: theme.vars.palette.primary.main },
}))

/** Why can't I …? What the rules refuse this person, why, and who can help. */
export function WhatYouCanDo({ app }: { app: App }) {
  const actor = useActor()
  const asked: { what: string; decision: Decision }[] = [
    { what: 'run it', decision: mayRunApp(actor, app) },
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
                  {decision.reason} <Help whoCan={decision.whoCan} owner={app.owner} />
                </p>
              </li>
            ),
          )}
        </ul>
      </Root>
    </Panel>
  )
}

function Help({ whoCan, owner }: { whoCan: WhoCan; owner: Person }) {
  const named =
    owner.email === null ? owner.name : <a href={`mailto:${owner.email}`}>{owner.name}</a>
  if (whoCan === 'owner') return <>Ask {named}.</>
  if (whoCan === 'ownerOrAdmin') return <>Ask {named} or an admin.</>
  if (whoCan === 'admin' || whoCan === 'fullAccess') return <>Ask an admin.</>
  return null
}
