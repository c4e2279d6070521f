import Button from '@mui/material/Button'
import { Link, useLocation } from 'react-router'
import { useActor } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'

/** @param title of an app that was there a moment ago */
export function AppNotFound({ title }: { title: string | undefined }) {
  const { pathname } = useLocation()
  const anonymous = useActor().userId === null
  return (
    <Page title="App not found">
      <PageHeader title={title ?? 'App not found'} />
      <EmptyState
        icon={<Icon name="box" size={32} />}
        title="This app was deleted, or isn’t visible to you"
        actions={
          <>
            <Button variant="contained" component={Link} to={paths.catalog()}>
              Go to the catalog
            </Button>
            {anonymous ? (
              <Button component={Link} to={paths.signIn(pathname)}>
                Sign in
              </Button>
            ) : (
              <Button component={Link} to={paths.instances()}>
                My instances
              </Button>
            )}
          </>
        }
      >
        {anonymous
          ? 'It may be there for you once you have signed in.'
          : 'If somebody sent you the link, ask them to make the app visible to you. Your instances, if you have any, go on.'}
      </EmptyState>
    </Page>
  )
}
