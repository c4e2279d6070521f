import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useMutation } from '@tanstack/react-query'
import type { Instance } from '../../api/generated/types.gen.ts'
import { keepRunningOptions } from '../../api/instances.ts'
import { duration } from '../../rules/amounts.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { useNow } from '../../ui/use-now.ts'
import { localTime } from './local-time.ts'

/** From here on it is said in a warning colour, with the way to put it off beside it. */
const soonMs = 30 * 60_000

const Root = styled('span')(({ theme }) => ({
  display: 'inline-grid',
  justifyItems: 'start',
  whiteSpace: 'nowrap',
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '&[data-soon] > b': { color: theme.vars.palette.warning.main },
  '& b': { fontWeight: 500 },
  '& button': { minHeight: 24, padding: '0 6px', marginInlineStart: -6 },
}))

/** When an instance pauses itself, in words and in local time, or since when it is paused. */
export function PauseCountdown({ instance }: { instance: Instance }) {
  const { status, suspendAfter, suspendable, updatedAt } = instance
  if (status === 'SUSPENDED') {
    return (
      <Root>
        <span>paused</span>
        <small>
          <RelativeTime time={updatedAt} />
        </small>
      </Root>
    )
  }
  if (status !== 'DEPLOYED') return <>–</>
  if (suspendAfter === null || !suspendable) return <>never</>
  return <Counting instance={instance} at={suspendAfter} />
}

function Counting({ instance, at }: { instance: Instance; at: string }) {
  const now = useNow(10)
  const keep = useMutation(keepRunningOptions())
  const left = Date.parse(at) - now
  const isSoon = left < soonMs
  return (
    <Root
      data-soon={isSoon ? '' : undefined}
      title={`It pauses itself ${localTime(at, now)} unless somebody uses it. Visiting it puts that off.`}
    >
      <b>
        {left < 60_000 ? 'in under a minute' : `in ${duration(Math.floor(left / 60_000) * 60)}`}
      </b>
      <small>{localTime(at, now)}</small>
      {isSoon && (
        <Button
          size="small"
          variant="text"
          aria-label={`Put off the pause of ${instance.app.title}`}
          aria-disabled={keep.isPending}
          onClick={() => {
            if (!keep.isPending) keep.mutate(instance.id)
          }}
        >
          {keep.isPending ? 'Putting off…' : keep.isError ? 'Try again' : 'Put off'}
        </Button>
      )}
    </Root>
  )
}
