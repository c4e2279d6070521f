import { styled } from '@mui/material/styles'
import type { Instance } from '../../api/generated/types.gen.ts'
import { isOverdue, launchPhase } from '../../features/launch/instance-words.ts'
import { duration } from '../../rules/amounts.ts'
import { radius } from '../../ui/tokens.ts'
import { useNow } from '../../ui/use-now.ts'

const Root = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '4px 0 0',
  color: theme.vars.palette.warning.main,
  textWrap: 'pretty',
  '&[data-full]': {
    ...theme.typography.body2,
    margin: 0,
    padding: '10px 14px',
    borderRadius: radius.m,
    color: theme.vars.palette.text.primary,
    backgroundColor: theme.vars.palette.warning.soft,
  },
}))

type Props = { instance: Instance; startSeconds: number; brief?: boolean }

/** A start that should be over by now: that it is, where it hangs, and what to do. Nothing before. */
export function StartOverdue({ instance, startSeconds, brief = false }: Props) {
  return instance.status === 'PENDING' ? (
    <Waiting instance={instance} startSeconds={startSeconds} brief={brief} />
  ) : null
}

function Waiting({ instance, startSeconds, brief }: Required<Props>) {
  const now = useNow(5)
  if (!isOverdue(instance, startSeconds, now)) return null
  const limit = duration(startSeconds)
  if (brief) return <Root>Longer than the {limit} that a start may take</Root>
  const phase = launchPhase(instance.runtimeStatus)
  return (
    <Root data-full="">
      It has been starting for longer than the {limit} that a start may take, and the platform
      hasn’t ended it{phase === null ? '' : `; it says: ${phase}`}. Read its log; pause it and
      resume it to begin afresh. If it hangs again, copy the diagnostic below for an admin.
    </Root>
  )
}
