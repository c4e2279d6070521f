import { styled } from '@mui/material/styles'
import { type ReactNode, useId } from 'react'
import { Icon } from './Icon.tsx'

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 6,
  minWidth: 0,
  '& > label': { ...theme.typography.body2, fontWeight: 600, justifySelf: 'start' },
}))

const Hint = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: 0,
  color: theme.vars.palette.text.tertiary,
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
}))

const Error = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'flex',
  gap: 6,
  margin: 0,
  color: theme.vars.palette.error.main,
  overflowWrap: 'anywhere',
  '& svg': { flex: 'none' },
}))

/** What the control has to carry, so that its label, hint and error belong to it. */
export type FieldProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean
}

type Props = {
  label: string
  hint?: ReactNode
  error?: ReactNode
  children: (props: FieldProps) => ReactNode
}

/** A control with its label above, and below it what it is for, or what is wrong with it. */
export function FormField({ label, hint, error, children }: Props) {
  const id = useId()
  const has = (part: ReactNode) => part !== undefined && part !== null && part !== ''
  const hintId = has(hint) ? `${id}-hint` : ''
  const errorId = has(error) ? `${id}-error` : ''
  const described = `${errorId} ${hintId}`.trim()
  return (
    <Root>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': errorId !== '',
      })}
      {errorId !== '' && <FieldError id={errorId}>{error}</FieldError>}
      {hintId !== '' && <Hint id={hintId}>{hint}</Hint>}
    </Root>
  )
}

/** The shape before the words tells that it is an error, for those who don't see its colour. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Error id={id} role="alert">
      <Icon name="error" size={16} />
      <span>{children}</span>
    </Error>
  )
}
