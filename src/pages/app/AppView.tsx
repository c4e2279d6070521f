import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { appVersionsOptions } from '../../api/apps.ts'
import type { App, AppVersion } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { usePageCommands } from '../../features/palette/page-commands.ts'
import { type AppTab, appTabs, paths } from '../../paths.ts'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { Page } from '../../ui/Page.tsx'
import { AppHeader } from './AppHeader.tsx'
import { CommandsTab } from './CommandsTab.tsx'
import { FilesTab } from './FilesTab.tsx'
import { InstancesTab } from './InstancesTab.tsx'
import { LaunchReport } from './LaunchReport.tsx'
import { NewerVersion } from './NewerVersion.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'

const tabWords: Record<AppTab, string> = {
  versions: 'Versions',
  instances: 'Instances',
  files: 'Files',
  commands: 'Command line',
}

/** One app and version: what it is, what it takes, and what to do with it. */
export function AppView({ app }: { app: App }) {
  const actor = useActor()
  const params = useParams()
  const { data: versionList, error, refetch } = useQuery(appVersionsOptions(app.id))
  const { data: mine } = useQuery(myInstancesOptions(actor.userId))
  const versions = versionList?.versions ?? []
  usePageCommands(versionCommands(app, versions))
  const instances = (mine?.instances ?? []).filter((instance) => instance.app.name === app.name)
  const own = instances.filter((instance) => instance.app.id === app.id)
  // A link is never run.
  const tabs = appTabs.filter((tab) => app.lifecycle !== 'LINK' || tab !== 'instances')
  const tab = tabs.find((each) => each === params['tab'])
  return (
    <Page title={tab === undefined ? app.title : `${tabWords[tab]} · ${app.title}`}>
      <AppHeader app={app} versions={versions} own={own} />
      <NewerVersion app={app} versions={versions} instances={own} />
      <LaunchReport instance={own[0]} />
      <LinkTabs
        label="About this app"
        tabs={[
          { to: paths.app(app.id), label: 'Overview' },
          ...tabs.map((each) => ({
            to: paths.appTab(app.id, each),
            label: tabWords[each],
            ...(each === 'versions' ? { count: versions.length } : {}),
          })),
        ]}
      />
      {tab === undefined && <OverviewTab app={app} instances={instances} />}
      {tab === 'versions' && (
        <VersionsTab
          app={app}
          versions={versionList?.versions}
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {tab === 'instances' && <InstancesTab app={app} />}
      {tab === 'files' && <FilesTab app={app} />}
      {tab === 'commands' && <CommandsTab app={app} instances={instances} />}
    </Page>
  )
}

/** The other versions. */
function versionCommands(app: App, versions: readonly AppVersion[]): PaletteCommand[] {
  return versions
    .filter(({ id }) => id !== app.id)
    .map(({ id, version }) => ({
      id: `app:${id}`,
      label: `Go to version ${version}`,
      aliases: [app.title, app.name],
      icon: { name: app.name, title: app.title, src: app.icon },
      to: paths.app(id),
    }))
}
