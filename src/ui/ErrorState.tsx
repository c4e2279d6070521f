import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { CopyButton } from './CopyButton.tsx'
import { describeError } from './describe-error.ts'
import { radius } from './tokens.ts'

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  gap: 16,
  padding: 20,
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  backgroundColor: theme.vars.palette.background.paper,
  '& > svg': { flex: 'none', color: theme.vars.palette.error.main, marginTop: 1 },
  '& h2': { ...theme.typography.h2, margin: 0 },
  '& p': {
    ...theme.typography.body1,
    margin: '2px 0 0',
    color: theme.vars.palette.text.secondary,
    overflowWrap: 'anywhere',
    textWrap: 'pretty',
  },
  '& code': {
    ...theme.typography.caption,
    display: 'block',
    marginTop: 8,
    fontFamily: 'var(--wd-mono)',
    color: theme.vars.palette.text.tertiary,
    overflowWrap: 'anywhere',
  },
}))

const Actions = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 16 })

type Props = {
  /** What could not be done: “The catalog could not be read”. */
  title: string
  error: unknown
  onRetry?: () => void
  retrying?: boolean
}

/** Something failed: what, why, try again, and the detail to hand on to whoever helps. */
export function ErrorState({ title, error, onRetry, retrying = false }: Props) {
  const { message, facts, detail } = describeError(error)
  return (
    <Root role="alert">
      <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden="true">
        <circle cx="10" cy="10" r="8.25" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 5.75v5m0 3v.1" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      <div>
        <h2>{title}</h2>
        <p>{message}</p>
        {facts !== '' && <code>{facts}</code>}
        <Actions>
          {onRetry !== undefined && (
            <Button size="small" onClick={onRetry} aria-disabled={retrying}>
              {retrying ? 'Trying…' : 'Try again'}
            </Button>
          )}
          <CopyButton text={`${title}\n${detail}`} label="Copy details" />
        </Actions>
      </div>
    </Root>
  )
}
