import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { Instance } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { idleFirst } from '../../rules/bulk-instances.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { radius } from '../../ui/tokens.ts'
import { statusWords } from './instance-words.ts'

const Root = styled('fieldset')(({ theme }) => ({
  margin: '12px 0 0',
  padding: 0,
  border: 0,
  minWidth: 0,
  '& legend': { ...theme.typography.body2, padding: 0, marginBottom: 8 },
  '& > div': { display: 'grid', gap: 6, maxHeight: 280, overflowY: 'auto', padding: 2 },
  '& label': {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '0 10px',
    alignItems: 'start',
    padding: '8px 12px',
    border: `1px solid ${theme.vars.palette.line.main}`,
    borderRadius: radius.m,
    cursor: 'pointer',
  },
  '& label:has(:checked)': {
    borderColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& input': { margin: '3px 0 0', accentColor: theme.vars.palette.primary.main },
  '& b': { fontWeight: 600, color: theme.vars.palette.text.primary, overflowWrap: 'anywhere' },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& small': { ...theme.typography.caption, gridColumn: 2 },
}))

const isLive = ({ status }: Instance) => status !== 'SUSPENDED' && status !== 'FAILED'

/** The person's own that take a slot, the longest unused first. */
export function useIdle(): Instance[] | undefined {
  const { data } = useQuery(myInstancesOptions(useActor().userId))
  return data && idleFirst(data.instances.filter(isLive))
}

type Props = {
  idle: readonly Instance[] | undefined
  chosen: string | undefined
  onChoose: (instanceId: string) => void
}

/** Which instance to pause, so that another can run. */
export function FreeSlotChoice({ idle, chosen, onChoose }: Props) {
  const name = useId()
  if (idle === undefined) return <Skeleton height={120} round />
  return (
    <Root>
      <legend>Pause one of these first, the longest unused on top:</legend>
      <div>
        {idle.map((instance) => (
          <label key={instance.id}>
            <input
              type="radio"
              name={name}
              checked={instance.id === chosen}
              onChange={() => onChoose(instance.id)}
            />
            <span>
              <b>{instance.app.title}</b> <code>{instance.app.version}</code>
            </span>
            <small>
              {instance.lastUsedAt === null ? (
                <>{statusWords[instance.status]}; it never pauses by itself</>
              ) : (
                <>
                  Last used <RelativeTime time={instance.lastUsedAt} />
                </>
              )}
              {' · '}
              {instance.app.volumeMount === null
                ? 'keeps nothing, starts afresh'
                : `keeps what is under ${instance.app.volumeMount}`}
            </small>
          </label>
        ))}
      </div>
    </Root>
  )
}
