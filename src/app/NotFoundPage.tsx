import Button from '@mui/material/Button'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Page } from '../ui/Page.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'

export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <PageHeader title="Page not found" />
      <EmptyState
        icon={<Icon name="search" size={32} />}
        title="Nothing lives at this address"
        actions={
          <Button variant="contained" component={Link} to={paths.catalog()}>
            Go to the catalog
          </Button>
        }
      >
        The link may be old or mistyped. Everything you may use is in the catalog.
      </EmptyState>
    </Page>
  )
}
