import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useParams } from 'react-router'
import { instanceOptions } from '../../api/instances.ts'
import { meOptions } from '../../api/session.ts'
import { LogScreen } from '../../features/logs/LogScreen.tsx'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Surface } from '../../ui/Surface.tsx'

/** As high as the window leaves, so that the log scrolls and the page around it hardly does. */
const Frame = styled(Surface)({
  display: 'flex',
  flexDirection: 'column',
  height: 'max(420px, calc(100dvh - 210px))',
  overflow: 'hidden',
})

/** An instance's log on a page of its own: for reading at length, and for sending somebody a link to a line. */
export function LogPage() {
  const { instanceId = '' } = useParams()
  const { pathname, search } = useLocation()
  const { data: me } = useQuery(meOptions())
  const isSignedIn = me !== undefined && me.user !== null
  const { data: instance } = useQuery({ ...instanceOptions(instanceId), enabled: isSignedIn })
  const title = instance === undefined ? 'Log' : `${instance.app.title} · log`
  return (
    <Page title={title}>
      <PageHeader
        title={title}
        lead={
          instance === undefined ? undefined : (
            <>
              <Link to={paths.app(instance.app.id)}>
                {instance.app.name} {instance.app.version}
              </Link>
              , run by {instance.owner.name}
            </>
          )
        }
      />
      {me !== undefined && me.user === null ? (
        <EmptyState
          title="Sign in to read this log"
          actions={
            <Button variant="contained" component={Link} to={paths.signIn(pathname + search)}>
              Sign in
            </Button>
          }
        >
          Logs are for an instance’s owner, the owner of its app, and admins.
        </EmptyState>
      ) : (
        isSignedIn && (
          <Frame>
            <LogScreen key={instanceId} instanceId={instanceId} />
          </Frame>
        )
      )}
    </Page>
  )
}
