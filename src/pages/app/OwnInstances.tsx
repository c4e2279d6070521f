import { styled } from '@mui/material/styles'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { failureReason } from '../../features/launch/instance-words.ts'
import { InstanceActions } from '../../features/launch/InstanceActions.tsx'
import { InstanceStatusLabel } from '../../features/launch/InstanceStatusLabel.tsx'
import { RunAnotherButton } from '../../features/launch/RunAnotherButton.tsx'
import { paths } from '../../paths.ts'
import { compareVersions } from '../../rules/semver.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Section } from './app-layout.ts'

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 8,
  marginBottom: 12,
  '& h2': { ...theme.typography.h2, margin: 0 },
}))

const List = styled('ul')({ margin: 0, padding: 0, listStyle: 'none' })

const Row = styled('li')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '8px 16px',
  padding: '12px 12px 12px 20px',
  '& + &': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& p': { ...theme.typography.caption, margin: '4px 0 0', overflowWrap: 'anywhere' },
  '& p, & small': { color: theme.vars.palette.text.tertiary },
  '& small': { ...theme.typography.caption, marginInlineStart: 10 },
  '& code': { fontFamily: 'var(--wd-mono)' },
}))

const Note = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '8px 0 0',
  color: theme.vars.palette.text.tertiary,
}))

type Props = { app: App; instances: readonly Instance[] }

/** The person's instances of this app, whichever version they run. */
export function OwnInstances({ app, instances }: Props) {
  const hasOlder = instances.some((each) => compareVersions(each.app.version, app.version) < 0)
  return (
    <Section aria-labelledby="your-instances">
      <Head>
        <h2 id="your-instances">Your instances</h2>
        <RunAnotherButton app={app} />
      </Head>
      <Surface as="div">
        <List>
          {instances.map((instance) => (
            <Row key={instance.id}>
              <div style={{ minWidth: 0 }}>
                <InstanceStatusLabel instance={instance} />
                <small>
                  <code>{instance.app.version}</code> · started{' '}
                  <RelativeTime time={instance.createdAt} />
                </small>
                {instance.status === 'FAILED' && <p>{failureReason(instance.runtimeStatus)}</p>}
              </div>
              <InstanceActions
                instance={instance}
                logTo={paths.instanceLog(instance.id)}
                align="end"
              />
            </Row>
          ))}
        </List>
      </Surface>
      {hasOlder && (
        <Note>
          What runs an older version goes on as it is. Start this one beside it, and terminate the
          other when you no longer need it.
        </Note>
      )}
    </Section>
  )
}
