import { styled } from '@mui/material/styles'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { environmentOptions } from '../../api/environment.ts'
import { signInOptions } from '../../api/session.ts'
import { paths, safeReturnTo } from '../../paths.ts'
import { Brand } from '../../ui/Brand.tsx'
import { describeError } from '../../ui/describe-error.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { radius } from '../../ui/tokens.ts'
import { PersonaList } from './PersonaList.tsx'
import { PersonaListSkeleton } from './PersonaListSkeleton.tsx'

const Root = styled('main')(({ theme }) => ({
  minHeight: '100dvh',
  display: 'grid',
  alignContent: 'center',
  justifyItems: 'center',
  padding: '24px 0',
  '& > div': { maxWidth: 560 },
  [theme.breakpoints.down('sm')]: { alignContent: 'start' },
}))

const BrandLine = styled('div')({ marginBottom: 32 })

const Note = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  gap: 8,
  margin: '0 0 16px',
  color: theme.vars.palette.text.secondary,
  '& svg': { flex: 'none', marginTop: 1, color: theme.vars.palette.text.tertiary },
}))

const Problem = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  gap: 8,
  margin: '0 0 16px',
  padding: '10px 12px',
  borderRadius: radius.m,
  color: theme.vars.palette.error.main,
  backgroundColor: theme.vars.palette.error.soft,
  overflowWrap: 'anywhere',
  '& svg': { flex: 'none', marginTop: 1 },
}))

export function SignInPage() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const environment = useQuery(environmentOptions())
  const signIn = useMutation(signInOptions())
  const returnTo = safeReturnTo(params.get('returnTo'))

  function choose(persona: string) {
    if (signIn.isPending) return
    signIn.mutate(persona, { onSuccess: () => void navigate(returnTo, { replace: true }) })
  }

  return (
    <Root>
      <Page title="Sign in">
        <BrandLine>
          <Brand />
        </BrandLine>
        <PageHeader
          title="Sign in"
          lead={
            returnTo === paths.catalog()
              ? 'Who do you want to be?'
              : 'Sign in to go on where you were.'
          }
        />
        <Note>
          <Icon name="info" size={18} />
          For trying the platform on this machine; there are no passwords.
        </Note>
        {signIn.isError && (
          <Problem role="alert">
            <Icon name="error" size={18} />
            {describeError(signIn.error).message}
          </Problem>
        )}
        {environment.data !== undefined ? (
          <PersonaList
            personas={environment.data.signIn.personas}
            pending={signIn.isPending ? signIn.variables : null}
            onChoose={choose}
          />
        ) : environment.isError ? (
          <ErrorState
            title="The ways to sign in could not be read"
            error={environment.error}
            onRetry={() => void environment.refetch()}
            retrying={environment.isFetching}
          />
        ) : (
          <PersonaListSkeleton />
        )}
      </Page>
    </Root>
  )
}
