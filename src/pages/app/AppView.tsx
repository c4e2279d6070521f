import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { appVersionsOptions } from '../../api/apps.ts'
import type { App, AppVersion } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { usePageCommands } from '../../features/palette/page-commands.ts'
import { paths } from '../../paths.ts'
import { mayRunApp } from '../../rules/apps.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Page } from '../../ui/Page.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Aside, Columns, Main, Section } from './app-layout.ts'
import { AboutPanel } from './AboutPanel.tsx'
import { AppHeader } from './AppHeader.tsx'
import { BeforeYouRun } from './BeforeYouRun.tsx'
import { NewerVersion } from './NewerVersion.tsx'
import { OwnInstances } from './OwnInstances.tsx'
import { Screenshots } from './Screenshots.tsx'

const Markdown = lazyPart(
  async () => (await import('../../features/markdown/Markdown.tsx')).Markdown,
)

const Lead = styled('p')(({ theme }) => ({
  ...theme.typography.subtitle1,
  margin: '0 0 16px',
  maxWidth: '72ch',
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
}))

/** One app and version: what it is, what it takes, and what to do with it. */
export function AppView({ app }: { app: App }) {
  const actor = useActor()
  const { data: versionList } = useQuery(appVersionsOptions(app.id))
  const { data: mine } = useQuery(myInstancesOptions(actor.userId))
  const versions = versionList?.versions ?? []
  usePageCommands(versionCommands(app, versions))
  const sameName = (mine?.instances ?? []).filter((instance) => instance.app.name === app.name)
  const own = sameName.filter((instance) => instance.app.id === app.id)
  return (
    <Page title={app.title}>
      <AppHeader app={app} versions={versions} own={own} />
      <NewerVersion app={app} versions={versions} />
      <Columns>
        <Main>
          {sameName.length > 0 && <OwnInstances app={app} instances={sameName} />}
          {app.screenshots.length > 0 && <Screenshots app={app} />}
          <Section aria-labelledby="what-it-does">
            <h2 id="what-it-does">What it does</h2>
            {app.description !== '' && <Lead>{app.description}</Lead>}
            {app.longDescription !== null && app.longDescription.trim() !== '' ? (
              <ErrorBoundary title="The description could not be shown">
                <Suspense fallback={<TextSkeleton />}>
                  <Markdown text={app.longDescription} />
                </Suspense>
              </ErrorBoundary>
            ) : (
              app.description === '' && <Lead>Its author says nothing about it.</Lead>
            )}
          </Section>
          {app.lifecycle !== 'LINK' && (
            <Section aria-labelledby="command-line">
              <h2 id="command-line">On the command line</h2>
              <CommandLine
                command={
                  mayRunApp(actor, app).allowed
                    ? commands.runApp(app.id, 'PRIVATE')
                    : commands.getApp(app.id)
                }
              />
            </Section>
          )}
        </Main>
        <Aside>
          <BeforeYouRun app={app} />
          <AboutPanel app={app} />
        </Aside>
      </Columns>
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

function TextSkeleton() {
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      {[88, 94, 61].map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </div>
  )
}
