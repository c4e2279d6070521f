import type { App, AppVersion, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { PrimaryActionButton } from '../../features/launch/PrimaryActionButton.tsx'
import { AppLead } from '../../features/listing/AppLead.tsx'
import { ownsApp } from '../../rules/apps.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { VersionMenu } from './VersionMenu.tsx'

type Props = { app: App; versions: readonly AppVersion[]; own: readonly Instance[] }

export function AppHeader({ app, versions, own }: Props) {
  const mine = ownsApp(useActor(), app)
  return (
    <PageHeader
      title={app.title}
      icon={<AppIcon name={app.name} title={app.title} src={app.icon} size={56} />}
      lead={
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
      }
      actions={<PrimaryActionButton app={app} own={own} layout="header" />}
    />
  )
}
