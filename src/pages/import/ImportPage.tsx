import Button from '@mui/material/Button'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import { environmentOptions } from '../../api/environment.ts'
import type { Environment } from '../../api/generated/types.gen.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { countWaiting, importQueue } from '../../features/bundles/import-queue.ts'
import { paths } from '../../paths.ts'
import { mayImport } from '../../rules/apps.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ImportDesk } from './ImportDesk.tsx'
import { ImportSkeleton } from './ImportSkeleton.tsx'

/** Comes with the page: a chunk of its own would split what the catalog starts with into more and larger pieces. */
export { DropOverlay } from './DropOverlay.tsx'

/** Where bundles are looked into, mended and imported. */
export function ImportPage() {
  const me = useQuery(meOptions())
  const { pathname, search } = useLocation()
  const waiting = countWaiting(useQueryClient())
  const environment = useQuery(environmentOptions())
  const error = me.error ?? environment.error
  if (me.data !== undefined && environment.data !== undefined) {
    const decision = mayImport(actorFrom(me.data))
    if (me.data.user !== null && decision.allowed) {
      return <Importing userId={me.data.user.id} environment={environment.data} />
    }
    const isAnonymous = me.data.user === null
    return (
      <Page title="Import">
        <PageHeader title="Import" />
        <EmptyState
          icon={<Icon name="box" />}
          title={titleFor(isAnonymous, waiting)}
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
          {wordsFor(isAnonymous, waiting)}
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title="Import">
      <PageHeader title="Import" />
      {error === null ? (
        <ImportSkeleton />
      ) : (
        <ErrorState
          title="The platform could not be asked what it takes"
          error={error}
          retrying={me.isFetching || environment.isFetching}
          onRetry={() => {
            void me.refetch()
            void environment.refetch()
          }}
        />
      )}
    </Page>
  )
}

function titleFor(isAnonymous: boolean, waiting: number): string {
  if (!isAnonymous) return 'You can’t import apps here'
  return waiting > 0 ? 'Your session has ended' : 'Sign in to import apps'
}

function wordsFor(isAnonymous: boolean, waiting: number): string {
  if (!isAnonymous) {
    return 'Importing apps needs full access to the platform. An admin can give it to you.'
  }
  if (waiting === 0) {
    return 'Apps belong to the person who imports them, and importing needs full access to the platform.'
  }
  const them =
    waiting === 1 ? 'The bundle that you chose waits' : `The ${waiting} bundles that you chose wait`
  return `${them} in this tab, with all that has arrived of an upload. Sign in again to go on; for somebody else they are gone.`
}

function Importing({ userId, environment }: { userId: string; environment: Environment }) {
  const queue = importQueue(useQueryClient(), userId)
  return <ImportDesk key={userId} queue={queue} environment={environment} />
}
