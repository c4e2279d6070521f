import { styled, type Theme } from '@mui/material/styles'
import { radius } from './tokens.ts'

const look = ({ theme }: { theme: Theme }) =>
  ({
    ...theme.typography.body1,
    width: '100%',
    minWidth: 0,
    padding: '8px 12px',
    border: `1px solid ${theme.vars.palette.line.control}`,
    borderRadius: radius.control,
    color: 'inherit',
    fontFamily: 'inherit',
    backgroundColor: theme.vars.palette.background.paper,
    '&::placeholder': { color: theme.vars.palette.text.tertiary, opacity: 1 },
    '&[aria-invalid="true"]': { borderColor: theme.vars.palette.error.main },
    '&[data-mono]': { fontFamily: 'var(--wd-mono)', fontSize: 13 },
  }) as const

/** A line of text in a form. */
export const TextInput = styled('input')((props) => ({ ...look(props), height: 40 }))

/** Several lines; it grows with what is typed. */
export const TextArea = styled('textarea')((props) => ({
  ...look(props),
  minHeight: 64,
  resize: 'vertical',
  fieldSizing: 'content',
}))
