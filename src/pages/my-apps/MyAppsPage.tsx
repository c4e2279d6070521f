import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import { myAppsOptions } from '../../api/apps.ts'
import { useActor } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { mayImport } from '../../rules/apps.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { OwnAppList } from './OwnAppList.tsx'
import { ownApps } from './own-apps.ts'

/** An author's apps, every version, and what can be done with them. */
export function MyAppsPage() {
  const actor = useActor()
  const { pathname } = useLocation()
  const { data, error, refetch, isFetching } = useQuery(myAppsOptions(actor.userId))
  const apps = ownApps(data?.apps ?? [])
  const canImport = mayImport(actor).allowed
  return (
    <Page title="My apps">
      <PageHeader
        title="My apps"
        lead="What you have imported: who sees it, and which version they get."
        actions={
          canImport &&
          apps.length > 0 && (
            <Button variant="contained" component={Link} to={paths.import()}>
              Import
            </Button>
          )
        }
      />
      {actor.userId === null ? (
        <EmptyState
          title="Sign in to see your apps"
          actions={
            <Button variant="contained" component={Link} to={paths.signIn(pathname)}>
              Sign in
            </Button>
          }
        >
          Apps belong to the person who imported them.
        </EmptyState>
      ) : data === undefined ? (
        error === null ? (
          <Skeleton height={220} round />
        ) : (
          <ErrorState
            title="Your apps could not be read"
            error={error}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
        )
      ) : apps.length === 0 ? (
        <EmptyState
          icon={<Icon name="box" />}
          title="You have imported nothing yet"
          actions={
            canImport && (
              <Button variant="contained" component={Link} to={paths.import()}>
                Import an app
              </Button>
            )
          }
        >
          {canImport
            ? 'An imported bundle is yours alone until you show it to others.'
            : 'Importing apps needs full access to the platform. An admin can give it to you.'}
        </EmptyState>
      ) : (
        <OwnAppList apps={apps} />
      )}
      {data?.nextPageToken != null && <p>Only the newest 1,000 versions are listed.</p>}
    </Page>
  )
}
