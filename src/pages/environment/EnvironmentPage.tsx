import { useQuery } from '@tanstack/react-query'
import { environmentOptions } from '../../api/environment.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EnvironmentView } from './EnvironmentView.tsx'

/** What the deployment is: how it runs apps, how far it keeps them apart, and its limits. */
export function EnvironmentPage() {
  const { data, error, refetch, isFetching } = useQuery(environmentOptions())
  return (
    <Page title="This platform">
      <PageHeader
        title="This platform"
        lead={
          data === undefined
            ? 'How it runs apps, and its limits.'
            : `${data.name} · ${data.version}`
        }
      />
      {data !== undefined ? (
        <EnvironmentView environment={data} />
      ) : error === null ? (
        <Skeleton height={320} round />
      ) : (
        <ErrorState
          title="What this platform offers could not be read"
          error={error}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
    </Page>
  )
}
