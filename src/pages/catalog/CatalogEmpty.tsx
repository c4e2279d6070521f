import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { AppList, HiddenBy } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { filterWords, flagWords } from './catalog-filter.ts'
import { type CatalogParams, isFiltered, noFilters } from './catalog-params.ts'

const Ways = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'center',
  gap: '4px 12px',
  marginTop: 16,
  color: theme.vars.palette.text.secondary,
  '& a': { fontWeight: 600, color: theme.vars.palette.primary.main },
}))

type Props = {
  actor: Actor
  params: CatalogParams
  list: AppList
  addressOf: (next: Partial<CatalogParams>) => { search: string }
  onChange: (next: Partial<Omit<CatalogParams, 'q'>>) => void
  onClear: () => void
}

/** Nothing to show, and the way out: by what was asked for, or by who asks. */
export function CatalogEmpty(props: Props) {
  const { actor, params } = props
  if (params.q !== '' || isFiltered(params)) return <NothingFound {...props} />
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

function NothingFound({ params, list, addressOf, onChange, onClear }: Props) {
  const { q } = params
  const filtered = isFiltered(params)
  const helping = list.hiddenBy.filter(({ count }) => count > 0)
  const hidden = list.unfilteredSize
  return (
    <EmptyState
      icon={<Icon name="search" size={32} />}
      title={q === '' ? 'No apps with these filters' : `No apps match “${q}”`}
      actions={
        <>
          {filtered && helping.length !== 1 && (
            <Button onClick={() => onChange(noFilters)}>Clear the filters</Button>
          )}
          {helping.map(({ filter, count }) => (
            <Button key={filter} onClick={() => onChange(without(filter))}>
              {`Without “${wordsOf(filter)}”: ${apps(count)}`}
            </Button>
          ))}
          {q !== '' && (
            <Button onClick={onClear}>
              {filtered ? 'Clear the search and the filters' : 'Clear the search'}
            </Button>
          )}
        </>
      }
    >
      {filtered && hidden > 0 && `The filters hide ${apps(hidden)}.`}
      {q !== '' &&
        hidden === 0 &&
        'All words must occur in an app’s title, name, description, keywords, tags or owner. Fewer words find more.'}
      {list.suggestions.length > 0 && (
        <Ways as="span">
          Did you mean
          {list.suggestions.map((suggestion) => (
            <Link key={suggestion.q} to={addressOf({ ...noFilters, q: suggestion.q })}>
              {suggestion.q}
            </Link>
          ))}
        </Ways>
      )}
    </EmptyState>
  )
}

function apps(count: number): string {
  return count === 1 ? '1 app' : `${count} apps`
}

function wordsOf(filter: HiddenBy['filter']): string {
  if (filter === 'name') return 'Name'
  return isValueFilter(filter) ? filterWords[filter] : flagWords[filter]
}

function isValueFilter(filter: string): filter is keyof typeof filterWords {
  return Object.hasOwn(filterWords, filter)
}

function without(filter: HiddenBy['filter']): Partial<CatalogParams> {
  if (filter === 'name') return {}
  return { [filter]: noFilters[filter] }
}
