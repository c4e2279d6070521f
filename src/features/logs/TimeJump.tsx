import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import { radius } from '../../ui/tokens.ts'

const Form = styled('form')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: 8,
  padding: '8px 20px 0',
  '& label': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 },
  '& input': {
    font: 'inherit',
    minHeight: 32,
    padding: '4px 8px',
    borderRadius: radius.control,
    border: `1px solid ${theme.vars.palette.line.control}`,
    color: theme.vars.palette.text.primary,
    backgroundColor: theme.vars.palette.background.paper,
  },
  '@media (max-width: 767.95px)': { padding: '8px 16px 0', justifyContent: 'flex-start' },
}))

/** Now, as the input wants it: in the reader's own time. */
function localNow(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

type Props = { onGo: (at: number) => void; onClose: () => void }

export function TimeJump({ onGo, onClose }: Props) {
  const [value, setValue] = useState(localNow)
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        const at = new Date(value).getTime()
        if (!Number.isNaN(at)) onGo(at)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // The dialog around it stays open.
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <label>
        First line at or after (your time)
        <input
          type="datetime-local"
          step="1"
          required
          value={value}
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
      <Button type="submit" size="small" variant="contained">
        Go
      </Button>
    </Form>
  )
}
