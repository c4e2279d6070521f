import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import type { Tone } from './tokens.ts'

const Root = styled('div', { shouldForwardProp: (prop) => prop !== 'tone' })<{ tone: Tone }>(
  ({ theme }) => ({
    ...theme.typography.body2,
    display: 'flex',
    gap: 10,
    padding: '10px 16px',
    color: theme.vars.palette.text.primary,
    borderBottom: `1px solid ${theme.vars.palette.line.main}`,
    [theme.breakpoints.up('lg')]: { padding: '10px 36px' },
    '& svg': { flex: 'none', width: 18, height: 18, marginTop: 1 },
    '& strong': { fontWeight: 600 },
    '& p': { margin: 0, overflowWrap: 'anywhere', maxWidth: 900 },
    variants: [
      { props: { tone: 'ok' }, style: tinted(theme.vars.palette.success) },
      { props: { tone: 'wait' }, style: tinted(theme.vars.palette.warning) },
      { props: { tone: 'bad' }, style: tinted(theme.vars.palette.error) },
      { props: { tone: 'info' }, style: tinted(theme.vars.palette.info) },
      { props: { tone: 'idle' }, style: tinted(theme.vars.palette.idle) },
    ],
  }),
)

function tinted(color: { main: string; soft: string }) {
  return { backgroundColor: color.soft, '& svg': { color: color.main } }
}

const icons: Record<Tone, IconName> = {
  ok: 'ok',
  wait: 'warning',
  bad: 'error',
  info: 'info',
  idle: 'offline',
}

type Props = { tone: Tone; title: string; children?: ReactNode }

/** A notice across the page's width. */
export function Banner({ tone, title, children }: Props) {
  return (
    <Root tone={tone}>
      <Icon name={icons[tone]} />
      <p>
        <strong>{title}</strong> {children}
      </p>
    </Root>
  )
}
