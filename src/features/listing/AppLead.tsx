import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import type { App } from '../../api/generated/types.gen.ts'
import { Chip } from '../../ui/Chip.tsx'

const Meta = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '0 6px',
  color: theme.vars.palette.text.tertiary,
  overflowWrap: 'anywhere',
}))

const Tags = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 6, marginTop: 8 })

type Props = {
  app: Pick<App, 'owner' | 'tags' | 'visibility'>
  /** Whether it belongs to the one who looks. */
  mine: boolean
  /** The version, and a way to others. */
  version: ReactNode
  /** “imported 3 minutes ago”. */
  imported: ReactNode
}

/** Below an app's title: which version, whose, since when, for whom, and its tags. */
export function AppLead({ app, mine, version, imported }: Props) {
  return (
    <>
      <Meta>
        {version}
        <span>· {app.owner.name}</span>
        <span>· {imported}</span>
        <span>· {visibleTo(app, mine)}</span>
      </Meta>
      {app.tags.length > 0 && (
        <Tags>
          {app.tags.map((tag) => (
            <Chip key={tag.id} title={tag.title} color={tag.color} />
          ))}
        </Tags>
      )}
    </>
  )
}

function visibleTo({ visibility, owner }: Props['app'], mine: boolean): string {
  if (visibility === 'PUBLIC') return 'visible to everybody'
  if (visibility === 'ALL_USERS') return 'visible to all users'
  return mine ? 'visible only to you' : `visible only to ${owner.name}`
}
