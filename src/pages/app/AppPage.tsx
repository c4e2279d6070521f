import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useParams } from 'react-router'
import { appOptions } from '../../api/apps.ts'
import { ApiError } from '../../api/errors.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AppNotFound } from './AppNotFound.tsx'
import { AppSkeleton } from './AppSkeleton.tsx'
import { AppView } from './AppView.tsx'

export function AppPage() {
  const { appId = '' } = useParams()
  const { data, error, refetch, isFetching } = useQuery(appOptions(appId))
  // What arrives is drawn in slices: all of the page in one task would keep it from answering.
  const drawn = useDeferredValue(data)
  // Gone counts even where an earlier answer is still known: nothing on that page would work any more.
  if (error instanceof ApiError && error.status === 404) return <AppNotFound title={data?.title} />
  if (data !== undefined && drawn?.id === data.id) return <AppView key={drawn.id} app={drawn} />
  if (data !== undefined || error === null) return <AppSkeleton />
  return (
    <Page title="App">
      <PageHeader title="App" />
      <ErrorState
        title="The app could not be read"
        error={error}
        retrying={isFetching}
        onRetry={() => void refetch()}
      />
    </Page>
  )
}
