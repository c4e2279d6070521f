import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { radius, type Tone } from './tokens.ts'

const Root = styled('span', { shouldForwardProp: (prop) => prop !== 'tone' })<{ tone: Tone }>(
  ({ theme }) => ({
    ...theme.typography.caption,
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    maxWidth: '100%',
    padding: '2px 9px 2px 8px',
    borderRadius: radius.round,
    fontWeight: 500,
    fontVariantNumeric: 'tabular-nums',
    variants: [
      {
        props: { tone: 'ok' },
        style: {
          color: theme.vars.palette.success.main,
          backgroundColor: theme.vars.palette.success.soft,
        },
      },
      {
        props: { tone: 'wait' },
        style: {
          color: theme.vars.palette.warning.main,
          backgroundColor: theme.vars.palette.warning.soft,
        },
      },
      {
        props: { tone: 'bad' },
        style: {
          color: theme.vars.palette.error.main,
          backgroundColor: theme.vars.palette.error.soft,
        },
      },
      {
        props: { tone: 'idle' },
        style: {
          color: theme.vars.palette.idle.main,
          backgroundColor: theme.vars.palette.idle.soft,
        },
      },
      {
        props: { tone: 'info' },
        style: {
          color: theme.vars.palette.info.main,
          backgroundColor: theme.vars.palette.info.soft,
        },
      },
    ],
    '& > svg': { flex: 'none' },
    '& > span': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    '@media (prefers-reduced-motion: no-preference)': {
      '& [data-turning]': {
        transformOrigin: 'center',
        animation: 'wd-turn 2.4s linear infinite',
        '@keyframes wd-turn': { to: { transform: 'rotate(1turn)' } },
      },
    },
  }),
)

/** The shape tells the same as the colour, for those who don't see the colour. */
function Mark({ tone }: { tone: Tone }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      {tone === 'ok' && <circle cx="5" cy="5" r="4" fill="currentColor" />}
      {tone === 'wait' && (
        <g data-turning="">
          <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
          <path d="M5 1.4a3.6 3.6 0 0 0 0 7.2z" fill="currentColor" />
        </g>
      )}
      {tone === 'bad' && (
        <path d="m2 2 6 6m0-6-6 6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      )}
      {tone === 'idle' && (
        <path
          d="M3.2 1.6v6.8m3.6-6.8v6.8"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      )}
      {tone === 'info' && (
        <path
          d="M5 4.4v3.8M5 1.7v.2"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      )}
    </svg>
  )
}

/** A status: a word with a mark and a colour. `● Running`, `◐ Starting · 12 s`, `✕ Failed`, `‖ Paused`. */
export function StatusLabel({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <Root tone={tone}>
      <Mark tone={tone} />
      <span>{children}</span>
    </Root>
  )
}
