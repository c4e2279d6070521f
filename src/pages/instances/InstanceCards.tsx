import { styled } from '@mui/material/styles'
import type { Instance } from '../../api/generated/types.gen.ts'
import { InstanceActions } from '../../features/launch/InstanceActions.tsx'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { InstanceApp, InstancePause, InstanceState } from './InstanceParts.tsx'

const List = styled('ul')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 330px), 1fr))',
  gap: 12,
  margin: 0,
  padding: 0,
  listStyle: 'none',
})

const Card = styled(Surface)({
  display: 'grid',
  gridTemplateRows: 'auto auto 1fr auto',
  gap: 12,
  height: '100%',
  padding: 16,
}) as typeof Surface

const Meta = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
}))

type Props = { instances: readonly Instance[]; logTo: (instanceId: string) => string }

export function InstanceCards({ instances, logTo }: Props) {
  return (
    <List>
      {instances.map((instance) => (
        <li key={instance.id}>
          <Card aria-label={`${instance.app.title} ${instance.app.version}`}>
            <InstanceApp instance={instance} />
            <div>
              <InstanceState instance={instance} />
            </div>
            <Meta>
              {visibilityWords[instance.visibility]}
              {(instance.status === 'DEPLOYED' || instance.status === 'SUSPENDED') && (
                <>
                  {' · '}
                  {instance.status === 'DEPLOYED' && 'pauses '}
                  <InstancePause instance={instance} />
                </>
              )}
              {' · '}
              <RelativeTime time={instance.createdAt} style="short" /> old
            </Meta>
            <InstanceActions instance={instance} logTo={logTo(instance.id)} align="end" />
          </Card>
        </li>
      ))}
    </List>
  )
}
