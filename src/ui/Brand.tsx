import { styled } from '@mui/material/styles'

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 10,
  fontSize: 16,
  lineHeight: '24px',
  fontWeight: 600,
  letterSpacing: '-0.01em',
  color: theme.vars.palette.text.primary,
  '& rect': { fill: theme.vars.palette.primary.main },
  '& path': { stroke: theme.vars.palette.primary.contrastText },
}))

export function Brand() {
  return (
    <Root>
      <svg width="28" height="28" viewBox="0 0 32 32" fill="none" aria-hidden="true">
        <rect width="32" height="32" rx="7.5" />
        <g strokeWidth="2.4" strokeLinecap="round">
          <path d="M5.5 14.2c3.5-4 6.6-4 10.5 0s7 4 10.5 0" />
          <path d="M5.5 20.8c3.5-4 6.6-4 10.5 0s7 4 10.5 0" opacity=".6" />
        </g>
      </svg>
      Wavedeck
    </Root>
  )
}
