import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Link, useLocation } from 'react-router'
import { ApiError } from '../../api/errors.ts'
import { isLostFile } from '../../features/bundles/lost-file.ts'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { describeError } from '../../ui/describe-error.ts'
import { radius } from '../../ui/tokens.ts'

const Root = styled('section')(({ theme }) => ({
  ...theme.typography.body2,
  padding: '12px 14px',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.error.soft,
  color: theme.vars.palette.text.primary,
  overflowWrap: 'anywhere',
  '& h3': { color: theme.vars.palette.error.main },
  '& p': { margin: '4px 0 0' },
  '& small': { ...theme.typography.caption, fontFamily: 'var(--wd-mono)' },
}))

const Buttons = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 10 })

type Props = {
  error: unknown
  /** Whether the platform keeps what has arrived of an upload. */
  isKept: boolean
  onTab: (tab: string) => void
}

/** What the platform said no with, and what to do about it. */
export function Refusal({ error, isKept, onTab }: Props) {
  const { pathname, search } = useLocation()
  const { message, facts, detail } = describeError(error)
  const problem = error instanceof ApiError ? error : null
  const help = problem === null ? null : helpFor(problem)
  if (problem?.status === 401) {
    return (
      <Root role="alert">
        <h3>Your session has ended</h3>
        <p>
          {isKept
            ? 'What has arrived is kept. Sign in again, and go on from there.'
            : 'Sign in again, and import it once more.'}
        </p>
        <Buttons>
          <Button size="small" component={Link} to={paths.signIn(pathname + search)}>
            Sign in again
          </Button>
        </Buttons>
      </Root>
    )
  }
  return (
    <Root role="alert">
      <h3>It was not imported</h3>
      <p>{message}</p>
      {help !== null && <p>{help}</p>}
      {facts !== '' && <small>{facts}</small>}
      <Buttons>
        {problem?.appId !== undefined && (
          <Button size="small" component={Link} to={paths.app(problem.appId)}>
            See the one that is there
          </Button>
        )}
        {problem?.code === 'app.version-exists' && (
          <Button size="small" onClick={() => onTab('changes')}>
            Choose another version
          </Button>
        )}
        {problem !== null && problem.findings.length > 0 && (
          <Button size="small" onClick={() => onTab('findings')}>
            See the findings
          </Button>
        )}
        {!isLostFile(error) && <CopyButton text={detail} label="Copy details" />}
      </Buttons>
    </Root>
  )
}

/** Who can do what; the platform's own words say the rest. */
function helpFor({ status, code }: ApiError): string | null {
  if (code === 'upload.too-many') return 'Cancel an upload that you don’t need any more.'
  if (status === 413)
    return 'Leave out what the app doesn’t need, or ask an admin to raise the limit.'
  if (status === 507) return 'An admin has to make room. What has arrived is kept meanwhile.'
  if (status === 403) return 'An admin can help.'
  if (status >= 500) return 'Try again. If it goes on, give an admin the details.'
  return null
}
