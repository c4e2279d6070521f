import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router'
import type { Me } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { meOptions } from '../../api/session.ts'
import { statusAnnouncement } from '../../features/launch/instance-words.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { usePageCommands } from '../../features/palette/page-commands.ts'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useAnnouncement } from '../../ui/use-announcement.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { filterWords, instanceFilters, matches, readFilter, withParams } from './instance-filter.ts'
import { InstanceFilters } from './InstanceFilters.tsx'
import { InstanceList } from './InstanceList.tsx'
import { InstancesSkeleton } from './InstancesSkeleton.tsx'

const LogDialog = lazyPart(
  async () => (await import('../../features/logs/LogDialog.tsx')).LogDialog,
)

export function InstancesPage() {
  const { data: me, error, refetch, isFetching } = useQuery(meOptions())
  const slots = me?.limits.instances
  return (
    <Page title="My instances">
      <PageHeader
        title="My instances"
        lead="Everything you have started, and why it is in the state it is in."
        actions={
          me !== undefined && me.user !== null
            ? `${slots?.used} of ${slots?.max} running`
            : undefined
        }
      />
      {me !== undefined ? (
        <Known me={me} />
      ) : error === null ? (
        <InstancesSkeleton />
      ) : (
        <ErrorState
          title="Your instances could not be read"
          error={error}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
    </Page>
  )
}

function Known({ me }: { me: Me }) {
  const { pathname, search } = useLocation()
  const [params] = useSearchParams()
  const log = params.get('log')
  return (
    <>
      {me.user === null ? (
        <EmptyState
          icon={<Icon name="play" />}
          title="Sign in to see your instances"
          actions={
            <Button variant="contained" component={Link} to={paths.signIn(pathname + search)}>
              Sign in
            </Button>
          }
        >
          Instances belong to the person who started them.
        </EmptyState>
      ) : (
        <MyInstances userId={me.user.id} params={params} />
      )}
      {log !== null && log !== '' && me.user !== null && (
        <Suspense fallback={<VisuallyHidden role="status">Opening the log</VisuallyHidden>}>
          <LogDialog key={log} instanceId={log} />
        </Suspense>
      )}
    </>
  )
}

function MyInstances({ userId, params }: { userId: string; params: URLSearchParams }) {
  const { data, error, refetch, isFetching } = useQuery(myInstancesOptions(userId))
  usePageCommands(filterCommands(params))
  const said = useAnnouncement(
    (data?.instances ?? []).map((each) => ({ key: each.id, words: statusAnnouncement(each) })),
  )
  if (data === undefined) {
    return error === null ? (
      <InstancesSkeleton />
    ) : (
      <ErrorState
        title="Your instances could not be read"
        error={error}
        retrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }
  if (data.instances.length === 0) {
    return (
      <EmptyState
        icon={<Icon name="play" />}
        title="You have started nothing yet"
        actions={
          <Button variant="contained" component={Link} to={paths.catalog()}>
            Find an app to run
          </Button>
        }
      >
        Run an app from the catalog, and its instance is here to visit, pause and end.
      </EmptyState>
    )
  }
  const filter = readFilter(params.get('status'))
  const shown = data.instances.filter((instance) => matches(filter, instance))
  return (
    <>
      <InstanceFilters instances={data.instances} filter={filter} />
      {shown.length === 0 ? (
        <EmptyState
          title={`Nothing is ${filterWords[filter].toLocaleLowerCase()}`}
          actions={
            <Button component={Link} to={withParams(params, { status: 'all' })} replace>
              Show all {data.instances.length}
            </Button>
          }
        />
      ) : (
        <InstanceList instances={shown} logTo={(id) => withParams(params, { log: id })} />
      )}
      {data.nextPageToken !== null && <p>Only the newest 1,000 are listed.</p>}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  )
}

function filterCommands(params: URLSearchParams): PaletteCommand[] {
  return instanceFilters.map((filter) => ({
    id: `instances:${filter}`,
    label: `Show ${filterWords[filter].toLocaleLowerCase()} instances`,
    aliases: ['filter'],
    icon: 'sort',
    to: `${paths.instances()}${withParams(params, { status: filter, log: null })}`,
  }))
}
