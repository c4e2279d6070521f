import { styled } from '@mui/material/styles'
import { Icon } from './Icon.tsx'
import { radius } from './tokens.ts'

const Root = styled('label')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'inline-flex',
  alignItems: 'center',
  position: 'relative',
  flex: 'none',
  alignSelf: 'start',
  gap: 4,
  minHeight: 32,
  color: theme.vars.palette.text.tertiary,
  whiteSpace: 'nowrap',
  '& select': {
    font: 'inherit',
    fontWeight: 500,
    appearance: 'none',
    fieldSizing: 'content',
    minHeight: 32,
    padding: '4px 26px 4px 6px',
    border: 0,
    borderRadius: radius.s,
    background: 'none',
    color: theme.vars.palette.text.primary,
    cursor: 'pointer',
  },
  '& select:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& option': { color: 'CanvasText', backgroundColor: 'Canvas' },
  '& svg': { position: 'absolute', right: 6, pointerEvents: 'none' },
}))

type Props<Value extends string> = {
  label: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}

/** The browser's own list, which every phone and screen reader knows, dressed as a quiet control. */
export function NativeSelect<Value extends string>(props: Props<Value>) {
  return (
    <Root>
      <span>{props.label}</span>
      <select
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => value === event.target.value)
          if (chosen !== undefined) props.onChange(chosen.value)
        }}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron" size={16} />
    </Root>
  )
}
