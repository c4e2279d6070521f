import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import type { Me } from '../../api/generated/types.gen.ts'
import { meOptions } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useBulkRun } from './BulkProgress.tsx'
import { progressWords } from './bulk-words.ts'
import { InstancesSkeleton } from './InstancesSkeleton.tsx'
import { MyInstances } from './MyInstances.tsx'

const Slots = styled('div')({ display: 'grid', gap: 6, minWidth: 150 })

export function InstancesPage() {
  const { data: me, error, refetch, isFetching } = useQuery(meOptions())
  return (
    <Page title="My instances">
      <PageHeader
        title="My instances"
        lead="Everything you have started, and why it is in the state it is in."
        actions={
          me !== undefined && me.user !== null ? <SlotsLeft {...me.limits.instances} /> : undefined
        }
      />
      {me === undefined ? (
        error === null ? (
          <InstancesSkeleton />
        ) : (
          <ErrorState
            title="Your instances could not be read"
            error={error}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
        )
      ) : me.user === null ? (
        <SignedOut />
      ) : (
        <MyInstances userId={me.user.id} />
      )}
    </Page>
  )
}

function SlotsLeft({ used, max }: Me['limits']['instances']) {
  return (
    <Slots>
      <span>
        {used} of {max} running
        {used >= max && '; pause one to start another'}
      </span>
      <Meter used={used} max={max} />
    </Slots>
  )
}

/** Where the session ended while something was being done, what was done and what is left is said here, too. */
function SignedOut() {
  const { pathname, search } = useLocation()
  const run = useBulkRun(null)
  return (
    <EmptyState
      icon={<Icon name="play" />}
      title={run === null ? 'Sign in to see your instances' : 'Your session has ended'}
      actions={
        <Button variant="contained" component={Link} to={paths.signIn(pathname + search)}>
          Sign in
        </Button>
      }
    >
      {run === null
        ? 'Instances belong to the person who started them.'
        : `${progressWords(run)}. Sign in to go on with the rest.`}
    </EmptyState>
  )
}
