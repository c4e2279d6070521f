import type { Instance } from '../../api/generated/types.gen.ts'
import { duration } from '../../rules/amounts.ts'
import { Elapsed } from '../../ui/Elapsed.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { launchPhase, statusTones, statusWords } from './instance-words.ts'

type Props = {
  instance: Instance
  /** Leaves out how far a start has got, where a button stands beside it in little room. */
  brief?: boolean
  /** How long a start may take, where that is to be seen. */
  limitSeconds?: number | undefined
}

/** `● Running`, `◐ Starting · sourcing the app · 2 s`, `‖ Paused`, `✕ Failed`. */
export function InstanceStatusLabel({ instance, brief = false, limitSeconds }: Props) {
  const { status, runtimeStatus, updatedAt } = instance
  if (status !== 'PENDING') {
    return <StatusLabel tone={statusTones[status]}>{statusWords[status]}</StatusLabel>
  }
  const phase = brief ? null : launchPhase(runtimeStatus)
  return (
    <StatusLabel tone="wait">
      Starting · {phase !== null && `${phase} · `}
      <Elapsed since={updatedAt} />
      {limitSeconds !== undefined && runtimeStatus.reason !== 'Queued' && (
        <> of {duration(limitSeconds)}</>
      )}
    </StatusLabel>
  )
}
