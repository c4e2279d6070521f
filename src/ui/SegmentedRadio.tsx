import { styled } from '@mui/material/styles'
import { useId } from 'react'
import { radius } from './tokens.ts'

const Root = styled('fieldset')(({ theme }) => ({
  margin: 0,
  padding: 0,
  border: 0,
  minWidth: 0,
  '& legend': {
    ...theme.typography.caption,
    padding: 0,
    marginBottom: 6,
    color: theme.vars.palette.text.tertiary,
  },
}))

const Options = styled('div')(({ theme }) => ({
  display: 'flex',
  padding: 3,
  gap: 2,
  borderRadius: radius.control,
  border: `1px solid ${theme.vars.palette.line.strong}`,
  backgroundColor: theme.vars.palette.background.sunken,
  '& label': {
    ...theme.typography.body2,
    position: 'relative',
    flex: 1,
    textAlign: 'center',
    padding: '3px 8px',
    borderRadius: radius.s,
    fontWeight: 500,
    color: theme.vars.palette.text.secondary,
    cursor: 'pointer',
    border: '1px solid transparent',
  },
  '& label:hover': { color: theme.vars.palette.text.primary },
  '& label:has(:checked)': {
    color: theme.vars.palette.primary.main,
    borderColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.background.paper,
  },
  '& label:has(:focus-visible)': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: 2,
  },
  '& input': {
    position: 'absolute',
    inset: 0,
    margin: 0,
    opacity: 0,
    cursor: 'pointer',
    width: '100%',
    height: '100%',
  },
}))

type Props<Value extends string> = {
  legend: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}

export function SegmentedRadio<Value extends string>(props: Props<Value>) {
  const name = useId()
  return (
    <Root>
      <legend>{props.legend}</legend>
      <Options>
        {props.options.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            {label}
          </label>
        ))}
      </Options>
    </Root>
  )
}
