import Button, { type ButtonProps } from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useId } from 'react'
import type { Decision } from '../../rules/decision.ts'

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  flexDirection: 'column',
  alignItems: 'flex-end',
  gap: 4,
  '& small': {
    ...theme.typography.caption,
    maxWidth: 260,
    textAlign: 'end',
    color: theme.vars.palette.text.tertiary,
  },
}))

type Props = Pick<ButtonProps, 'id' | 'variant' | 'size' | 'children'> & {
  decision: Decision
  onClick: () => void
}

/** A button that says below why somebody may not press it. */
export function ReasonedButton({ decision, onClick, ...props }: Props) {
  const reasonId = useId()
  if (decision.allowed) return <Button {...props} onClick={onClick} />
  return (
    <Root>
      <Button {...props} aria-disabled="true" aria-describedby={reasonId} />
      <small id={reasonId}>{decision.reason}</small>
    </Root>
  )
}
