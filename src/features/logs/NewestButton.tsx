import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import type { Frame } from './log-protocol.ts'
import { countWords } from './log-words.ts'

const Place = styled('div')(({ theme }) => ({
  position: 'absolute',
  insetBlockEnd: 16,
  insetInline: 0,
  display: 'flex',
  justifyContent: 'center',
  pointerEvents: 'none',
  '& button': { pointerEvents: 'auto', boxShadow: theme.vars.palette.floating.shadow },
}))

type Props = { frame: Frame; isFollowing: boolean; onJump: () => void }

/** The way back to the newest lines, and how many came since one left them. */
export function NewestButton({ frame, isFollowing, onJump }: Props) {
  const [left, setLeft] = useState(frame.added)
  if (isFollowing && left !== frame.added) setLeft(frame.added)
  if (isFollowing) return null
  const count = frame.added - left
  const more = frame.state === 'full' ? 'more than ' : ''
  return (
    <Place>
      <Button size="small" variant="contained" onClick={onJump}>
        {count > 0 ? `${more}${countWords(count, 'new line')}` : 'Jump to newest'}
      </Button>
    </Place>
  )
}
