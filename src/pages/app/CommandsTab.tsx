import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { environmentOptions } from '../../api/environment.ts'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { tagListOptions } from '../../api/tags.ts'
import { mayImport } from '../../rules/apps.ts'
import { maySeeTags } from '../../rules/tags.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { Section } from './app-layout.ts'
import { appLines, folderLines, instanceLines, type Line, tagLines } from './command-lines.ts'

const List = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 6,
  maxWidth: 820,
  margin: '0 0 28px',
  '& dt': { ...theme.typography.body2, color: theme.vars.palette.text.secondary },
  '& dd': { margin: '0 0 12px' },
}))

type Props = {
  app: App
  /** The person's instances of this app, whichever version. */
  instances: readonly Instance[]
}

/** Everything that can be done with this app here, as one would type it. */
export function CommandsTab({ app, instances }: Props) {
  const actor = useActor()
  const { data: environment } = useQuery(environmentOptions())
  const { data: tagList } = useQuery({ ...tagListOptions(), enabled: maySeeTags(actor).allowed })
  const tags = tagLines(actor, app, tagList?.tags ?? [])
  return (
    <>
      <Commands id="commands-app" title="This version" lines={appLines(actor, app, environment)} />
      {instances.map((instance) => (
        <Commands
          key={instance.id}
          id={`commands-${instance.id}`}
          title={
            instance.app.id === app.id
              ? 'Your instance'
              : `Your instance of version ${instance.app.version}`
          }
          lines={instanceLines(actor, instance)}
        />
      ))}
      {tags.length > 0 && <Commands id="commands-tags" title="Its tags" lines={tags} />}
      {mayImport(actor).allowed && (
        <Commands id="commands-new" title="From a folder on your machine" lines={folderLines()} />
      )}
    </>
  )
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
