import { styled } from '@mui/material/styles'
import type { Instance, UsageHistory } from '../../api/generated/types.gen.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { memoryWords, processorWords } from './usage-words.ts'

const Root = styled('span')(({ theme }) => ({
  display: 'grid',
  gap: 2,
  justifyItems: 'start',
  '& > span': {
    ...theme.typography.caption,
    color: theme.vars.palette.text.tertiary,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
}))

/** As many samples as the platform keeps. */
const room = 60
/** From this share of its limit on an instance is close to being stopped. */
const tight = 0.9

type Props = { instance: Instance; usage: UsageHistory | undefined }

/** Memory of the last minutes, up to the limit at which the instance is stopped. */
export function MemoryPlot({ instance, usage }: Props) {
  const now = usage?.memoryBytes.at(-1) ?? instance.runtimeStatus.usage?.memoryBytes
  const limit = usage?.memoryLimitBytes ?? instance.runtimeStatus.usage?.memoryLimitBytes
  if (now === undefined || limit === undefined) return <>–</>
  return (
    <Root>
      <Sparkline
        values={usage?.memoryBytes ?? [now]}
        max={limit}
        room={room}
        tone={now > limit * tight ? 'wait' : 'calm'}
      />
      <span>{memoryWords(now, limit)}</span>
    </Root>
  )
}

/** Processor of the last minutes; the top is one whole processor, or as many as it took. */
export function ProcessorPlot({ instance, usage }: Props) {
  const now = usage?.processors.at(-1) ?? instance.runtimeStatus.usage?.processors
  if (now === undefined || now === null) return <>–</>
  const values = usage?.processors ?? [now]
  const max = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 1)
  return (
    <Root>
      <Sparkline values={values} max={max} room={room} />
      <span>{processorWords(now)}</span>
    </Root>
  )
}
