import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { environmentOptions } from '../../api/environment.ts'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import {
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayRunApp,
  usualProfile,
} from '../../rules/apps.ts'
import { commands } from '../../rules/commands.ts'
import { mayControlInstance, mayReadLog } from '../../rules/instances.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { Section } from './app-layout.ts'

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 6,
  maxWidth: 820,
  margin: '0 0 28px',
  '& dt': { ...theme.typography.body2, color: theme.vars.palette.text.secondary },
  '& dd': { margin: '0 0 12px' },
}))

type Line = { what: string; command: string }

type Props = { app: App; instances: readonly Instance[] }

/** Everything that can be done with this app here, as one would type it. */
export function CommandsTab({ app, instances }: Props) {
  const actor = useActor()
  const { data: environment } = useQuery(environmentOptions())
  const own = instances.filter((instance) => instance.app.id === app.id)
  const usual = usualProfile(app, environment?.profiles ?? [])
  const canRun = mayRunApp(actor, app).allowed
  const lines: Line[] = [
    { what: 'See what it is', command: commands.getApp(app.id) },
    ...(canRun
      ? [
          { what: 'Run it for yourself', command: commands.runApp(app.id, 'PRIVATE') },
          ...(environment?.profiles ?? [])
            .filter((profile) => profile !== usual)
            .map(({ name, title }) => ({
              what: `Run it with another profile: ${title}`,
              command: commands.runAppWith(app.id, 'PRIVATE', name),
            })),
        ]
      : []),
    ...(mayDownloadBundle(actor, app).allowed
      ? [{ what: 'Download its bundle', command: commands.downloadApp(app.id) }]
      : []),
    ...(mayChangeAppVisibility(actor, app).allowed
      ? [
          {
            what: app.visibility === 'PRIVATE' ? 'Show it to all users' : 'Keep it to its owner',
            command: commands.updateApp(
              app.id,
              app.visibility === 'PRIVATE' ? 'ALL_USERS' : 'PRIVATE',
            ),
          },
        ]
      : []),
    ...(mayDeleteApp(actor, app).allowed
      ? [{ what: 'Delete it, when it has no instances', command: commands.deleteApp(app.id) }]
      : []),
  ]
  return (
    <>
      <Commands id="commands-app" title="This version" lines={lines} />
      {own.map((instance) => (
        <Commands
          key={instance.id}
          id={`commands-${instance.id}`}
          title="Your instance"
          lines={instanceLines(instance)}
        />
      ))}
      <Commands
        id="commands-new"
        title="From a folder on your machine"
        lines={[
          { what: 'Pack the folder you are in', command: commands.bundle() },
          { what: 'Pack and import it, for yourself', command: commands.importBundle('PRIVATE') },
          {
            what: 'Import it under a version of its own and run it',
            command: commands.deployBundle(),
          },
        ]}
      />
    </>
  )

  function instanceLines(instance: Instance): Line[] {
    return [
      ...(mayReadLog(actor, instance).allowed
        ? [{ what: 'Follow its log', command: commands.instanceLogs(instance.id) }]
        : []),
      ...(mayControlInstance(actor, instance).allowed
        ? [
            instance.status === 'SUSPENDED'
              ? { what: 'Resume it', command: commands.resume(instance.id) }
              : { what: 'Pause it', command: commands.suspend(instance.id) },
            { what: 'End it for good', command: commands.terminate(instance.id) },
          ]
        : []),
    ]
  }
}

function Commands({ id, title, lines }: { id: string; title: string; lines: readonly Line[] }) {
  return (
    <Section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <List>
        {lines.map(({ what, command }) => (
          <div key={command}>
            <dt>{what}</dt>
            <dd>
              <CommandLine command={command} />
            </dd>
          </div>
        ))}
      </List>
    </Section>
  )
}
