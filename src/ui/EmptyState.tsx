import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { radius } from './tokens.ts'

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  textAlign: 'center',
  padding: '56px 24px',
  border: `1px dashed ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  '& > svg': { color: theme.vars.palette.text.tertiary, width: 32, height: 32, marginBottom: 16 },
  '& h2': { ...theme.typography.h2, margin: 0 },
  '& p': {
    ...theme.typography.body1,
    color: theme.vars.palette.text.secondary,
    margin: '4px 0 0',
    maxWidth: 460,
    textWrap: 'pretty',
  },
}))

const Actions = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  justifyContent: 'center',
  gap: 8,
  marginTop: 20,
})

type Props = { icon?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }

/** Nothing here, and what to do about it. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <Root>
      {icon}
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <Actions>{actions}</Actions>}
    </Root>
  )
}
