import { styled } from '@mui/material/styles'
import { useId } from 'react'
import type { App, Tag } from '../../api/generated/types.gen.ts'
import type { Actor } from '../../rules/actor.ts'
import { type Audience, isAmong, whoSees } from '../../rules/audience.ts'
import { Chip } from '../../ui/Chip.tsx'

const Root = styled('div')(({ theme }) => ({
  '& h3': { ...theme.typography.body2, fontWeight: 600, margin: '0 0 6px' },
  '& ul': { display: 'grid', gap: 6, margin: 0, padding: 0, listStyle: 'none' },
  '& li': {
    ...theme.typography.body2,
    color: theme.vars.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& p': {
    ...theme.typography.caption,
    margin: '8px 0 0',
    color: theme.vars.palette.text.tertiary,
  },
  '& [data-through]': { display: 'inline-flex', flexWrap: 'wrap', gap: 4, verticalAlign: 'middle' },
}))

/** Who sees this app, and through what? */
export function WhoSees({ app, actor }: { app: App; actor: Actor }) {
  const id = useId()
  const audiences = whoSees(app)
  const hasVisitors = audiences.some(({ who }) => who === 'visitors')
  return (
    <Root>
      <h3 id={id}>Who sees it</h3>
      <ul aria-labelledby={id}>
        {audiences.map((audience) => (
          <li key={audience.who === 'visitors' ? `role ${audience.role}` : audience.who}>
            <Words app={app} audience={audience} />
            {isAmong(actor, app, audience) && ' – you, too'}
          </li>
        ))}
      </ul>
      {actor.access === 'fullAccess' && app.visibility === 'ALL_USERS' && !hasVisitors && (
        <p>No visitors: none of its tags opens it to them.</p>
      )}
      {app.visibility === 'PRIVATE' && app.tags.some((tag) => tag.visitorRoles.length > 0) && (
        <p>Its tags open it to visitors once all users see it.</p>
      )}
    </Root>
  )
}

function Words({ app, audience }: { app: App; audience: Audience<Tag> }) {
  switch (audience.who) {
    case 'owner':
      return <>{app.owner.name}, who owns it</>
    case 'admins':
      return <>Admins</>
    case 'fullAccess':
      return <>Everybody with full access: it is visible to all users</>
    case 'everybody':
      return <>Everybody, signed in or not: it is public</>
    case 'visitors':
      return (
        <>
          Visitors with <code>{audience.role}</code>, through{' '}
          <span data-through="">
            {audience.through.map((tag) => (
              <Chip key={tag.id} title={tag.title} color={tag.color} />
            ))}
          </span>
        </>
      )
  }
}
