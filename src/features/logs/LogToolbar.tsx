import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import type { LogPlace } from './log-address.ts'
import type { LogClient } from './log-client.ts'
import type { StreamState } from './log-protocol.ts'
import { stateWords } from './log-words.ts'
import { TimeJump } from './TimeJump.tsx'

const Bar = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '10px 20px 0',
  '& > [data-runs]': { display: 'flex', gap: 8 },
  '& > [data-end]': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 8,
    marginInlineStart: 'auto',
  },
  '& > [data-toggle]': { display: 'none' },
  '@media (max-width: 767.95px)': {
    padding: '8px 16px 0',
    '& > [data-toggle]': { display: 'inline-flex', marginInlineStart: 'auto' },
    '& > [data-runs], & > [data-end]': { display: 'none' },
    '&[data-open] > [data-runs], &[data-open] > [data-end]': {
      display: 'flex',
      marginInlineStart: 0,
    },
  },
})

type Props = {
  client: LogClient
  state: StreamState
  isFollowing: boolean
  onFollow: (isFollowing: boolean) => void
  run: LogPlace['run']
  onRun: (run: LogPlace['run']) => void
  wrap: boolean
  onWrap: (wrap: boolean) => void
  times: boolean
  onTimes: (times: boolean) => void
  /** Null: the platform has it no more; then what is held is saved. */
  downloadUrl: string | null
  fileName: string
}

/** What the log is doing, which run it is, and what can be done with it as a whole. */
export function LogToolbar(props: Props) {
  const { client, state, isFollowing, onFollow, run, onRun, downloadUrl, fileName } = props
  const [isOpen, setOpen] = useState(false)
  const [isJumping, setJumping] = useState(false)
  const { tone, words } = stateWords(state, isFollowing)
  const canFollow = state === 'open' || state === 'reconnecting' || state === 'full'

  async function save() {
    const url = URL.createObjectURL(new Blob([await client.text(null)], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
    URL.revokeObjectURL(url)
  }

  return (
    <>
      <Bar data-open={isOpen ? '' : undefined}>
        <span role="status">
          <StatusLabel tone={tone}>{words}</StatusLabel>
        </span>
        {canFollow && (
          <Button size="small" onClick={() => onFollow(!isFollowing)}>
            {isFollowing ? 'Pause' : 'Follow'}
          </Button>
        )}
        <Button data-toggle="" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Fewer options' : 'Options'}
        </Button>
        <div data-runs="">
          <FilterChip
            label="This run"
            selected={run === 'newest'}
            onSelect={() => onRun('newest')}
          />
          <FilterChip
            label="Previous run"
            selected={run === 'previous'}
            onSelect={() => onRun('previous')}
          />
        </div>
        <div data-end="">
          <FilterChip
            label="Wrap"
            selected={props.wrap}
            onSelect={() => props.onWrap(!props.wrap)}
          />
          <FilterChip
            label="Times"
            selected={props.times}
            onSelect={() => props.onTimes(!props.times)}
          />
          <Button size="small" aria-expanded={isJumping} onClick={() => setJumping(!isJumping)}>
            Go to time
          </Button>
          <CopyButton text={() => client.text(null)} label="Copy all shown" variant="outlined" />
          {downloadUrl === null ? (
            <Button size="small" onClick={() => void save()}>
              Save what is here
            </Button>
          ) : (
            <Button size="small" href={downloadUrl} download={fileName}>
              Download
            </Button>
          )}
        </div>
      </Bar>
      {isJumping && (
        <TimeJump
          onGo={(at) => {
            onFollow(false)
            client.send({ type: 'goToTime', at })
          }}
          onClose={() => setJumping(false)}
        />
      )}
    </>
  )
}
