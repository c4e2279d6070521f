import Button from '@mui/material/Button'
import { Link, useLocation } from 'react-router'
import { paths } from '../../paths.ts'
import type { Decision } from '../../rules/decision.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

/** Why this person doesn’t see tags, and what they can do about it. */
export function NotForYou({ title, decision }: { title: string; decision: Decision }) {
  const { pathname, search } = useLocation()
  const isAnonymous = !decision.allowed && decision.whoCan === 'signedIn'
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon={<Icon name="tag" />}
        title={isAnonymous ? 'Sign in to see tags' : 'Tags are not for you to see'}
        actions={
          isAnonymous ? (
            <Button variant="contained" component={Link} to={paths.signIn(pathname + search)}>
              Sign in
            </Button>
          ) : (
            <Button component={Link} to={paths.catalog()}>
              Go to the catalog
            </Button>
          )
        }
      >
        {isAnonymous
          ? 'Tags are for people with full access to the platform.'
          : `${decision.allowed ? '' : decision.reason} An admin can give it to you.`}
      </EmptyState>
    </>
  )
}
