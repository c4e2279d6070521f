import { styled } from '@mui/material/styles'
import { useEffect, useRef } from 'react'

const Root = styled('label')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  width: 32,
  height: 32,
  cursor: 'pointer',
  '& input': { width: 16, height: 16, margin: 0, accentColor: theme.vars.palette.primary.main },
}))

type Props = {
  label: string
  checked: boolean | 'some'
  onChange: (isChecked: boolean, shift: boolean) => void
}

/** A checkbox with room for a finger. With Shift held it says so, by mouse and by keyboard. */
export function SelectBox({ label, checked, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const shift = useRef(false)
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = checked === 'some'
  }, [checked])
  return (
    <Root
      // Holding Shift, the browser would mark text.
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault()
      }}
    >
      <input
        ref={input}
        type="checkbox"
        aria-label={label}
        checked={checked === true}
        onKeyDown={(event) => {
          shift.current = event.shiftKey
        }}
        onClick={(event) => {
          if (event.detail > 0) shift.current = event.shiftKey
        }}
        onChange={(event) => onChange(event.target.checked, shift.current)}
      />
    </Root>
  )
}
