import { styled } from '@mui/material/styles'
import { useNavigate } from 'react-router'
import type { App, AppVersion, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { PrimaryActionButton } from '../../features/launch/PrimaryActionButton.tsx'
import { RunWithButton } from '../../features/launch/RunWithButton.tsx'
import { AppLead } from '../../features/listing/AppLead.tsx'
import { PinButton } from '../../features/pins/PinButton.tsx'
import { AppMenu } from '../../features/publishing/AppMenu.tsx'
import { paths } from '../../paths.ts'
import { mayPinApp, ownsApp } from '../../rules/apps.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { VersionMenu } from './VersionMenu.tsx'

const iconSize = 56

const Tools = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 4,
  margin: '6px 0 0 -6px',
  // Below the icon too: a phone has room for all of them in one line.
  [theme.breakpoints.down('sm')]: { marginInlineStart: -(iconSize + 22) },
}))

type Props = { app: App; versions: readonly AppVersion[]; own: readonly Instance[] }

export function AppHeader({ app, versions, own }: Props) {
  const actor = useActor()
  const navigate = useNavigate()
  const mine = ownsApp(actor, app)
  return (
    <PageHeader
      title={app.title}
      icon={<AppIcon name={app.name} title={app.title} src={app.icon} size={iconSize} />}
      lead={
        <>
          <AppLead
            app={app}
            mine={mine}
            version={<VersionMenu app={app} versions={versions} />}
            imported={
              <>
                imported <RelativeTime time={app.createdAt} />
              </>
            }
          />
          <Tools>
            {mayPinApp(actor, app).allowed && <PinButton app={app} />}
            <CopyButton text={`${window.location.origin}${paths.app(app.id)}`} label="Copy link" />
            <RunWithButton app={app} />
            <AppMenu
              app={app}
              versions={versions}
              label="Manage"
              look="button"
              onDeleted={() => void navigate(paths.catalog(), { replace: true })}
            />
          </Tools>
        </>
      }
      actions={<PrimaryActionButton app={app} own={own} layout="header" />}
    />
  )
}
