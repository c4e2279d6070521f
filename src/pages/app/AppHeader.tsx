import { styled } from '@mui/material/styles'
import type { App, AppVersion, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { PrimaryActionButton } from '../../features/launch/PrimaryActionButton.tsx'
import { ownsApp } from '../../rules/apps.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { TagLabel } from '../../ui/TagLabel.tsx'
import { VersionMenu } from './VersionMenu.tsx'

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

type Props = { app: App; versions: readonly AppVersion[]; own: readonly Instance[] }

export function AppHeader({ app, versions, own }: Props) {
  const mine = ownsApp(useActor(), app)
  return (
    <PageHeader
      title={app.title}
      icon={<AppIcon name={app.name} title={app.title} src={app.icon} size={56} />}
      lead={
        <>
          <Meta>
            <VersionMenu app={app} versions={versions} />
            <span>· {app.owner.name}</span>
            <span>
              · imported <RelativeTime time={app.createdAt} />
            </span>
            <span>· {visibleTo(app, mine)}</span>
          </Meta>
          {app.tags.length > 0 && (
            <Tags>
              {app.tags.map((tag) => (
                <TagLabel key={tag.id} title={tag.title} color={tag.color} />
              ))}
            </Tags>
          )}
        </>
      }
      actions={<PrimaryActionButton app={app} own={own} layout="header" />}
    />
  )
}

function visibleTo({ visibility, owner }: App, mine: boolean): string {
  if (visibility === 'PUBLIC') return 'visible to everybody'
  if (visibility === 'ALL_USERS') return 'visible to all users'
  return mine ? 'visible only to you' : `visible only to ${owner.name}`
}
