import Button from '@mui/material/Button'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { CatalogParams } from './catalog-params.ts'

type Props = { actor: Actor; params: CatalogParams; onClear: () => void }

/** Nothing to show, and the way out: by what was asked for, or by who asks. */
export function CatalogEmpty({ actor, params, onClear }: Props) {
  if (params.q !== '' || params.category !== null) {
    const where = params.category === null ? '' : ` in ${params.category}`
    return (
      <EmptyState
        icon={<Icon name="search" size={32} />}
        title={params.q === '' ? `No apps${where}` : `No apps match “${params.q}”${where}`}
        actions={
          <Button onClick={onClear}>
            {params.category === null
              ? 'Clear the search'
              : params.q === ''
                ? 'Show all categories'
                : 'Clear the search and the category'}
          </Button>
        }
      >
        {params.q === ''
          ? 'There may be some in other categories.'
          : 'All words must occur in an app’s title, name, description, keywords, tags or owner. Fewer words find more.'}
      </EmptyState>
    )
  }
  const icon = <Icon name="box" size={32} />
  if (actor.access === 'anonymous') {
    return (
      <EmptyState
        icon={icon}
        title="No public apps"
        actions={
          <Button variant="contained" component={Link} to={paths.signIn(paths.catalog())}>
            Sign in
          </Button>
        }
      >
        Sign in to see the apps that are shared with you.
      </EmptyState>
    )
  }
  if (actor.access === 'visitor') {
    return (
      <EmptyState icon={icon} title="No apps are shared with you yet">
        As a visitor you see the apps that are opened to one of your roles
        {actor.roles.length > 0 && ` (${actor.roles.join(', ')})`}. Ask an author or an admin of
        this platform to tag the app you need for your role.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={icon} title="The catalog is empty">
      Apps appear here when somebody imports a bundle and makes it visible to all users. From the
      command line that is <code>h2o bundle import -v ALL_USERS</code>.
    </EmptyState>
  )
}
