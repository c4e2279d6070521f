import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Icon } from '../../ui/Icon.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { sortWords } from './catalog-filter.ts'
import { type Sort, sorts } from './catalog-params.ts'
import type { ListingStyle } from './use-listing-style.ts'

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  flex: 'none',
  '& > button': { gap: 6 },
  '&& > button:is([aria-expanded="true"], [aria-pressed="true"]):not(.MuiButton-text)': {
    color: theme.vars.palette.primary.main,
    borderColor: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& > [data-square]': { width: 32, padding: 0 },
  [theme.breakpoints.down('lg')]: { '& > label': { marginInlineEnd: 'auto' } },
  // The order says itself what it is.
  [theme.breakpoints.down('sm')]: {
    '& > label > span': { position: 'absolute', clipPath: 'inset(50%)' },
  },
}))

const sortOptions = sorts.map((value) => ({ value, label: sortWords[value] }))

type Props = {
  /** Filters that are set in the panel. */
  filterCount: number
  filtersId: string
  isOpen: boolean
  onToggle: () => void
  sort: Sort
  onSort: (sort: Sort) => void
  style: ListingStyle
  onStyle: (style: ListingStyle) => void
}

/** What narrows the list, in which order and in what shape it stands. */
export function ListControls(props: Props) {
  const { filterCount, filtersId, isOpen, onToggle, sort, onSort, style, onStyle } = props
  const isTable = style.view === 'table'
  const isCompact = style.density === 'compact'
  return (
    <Root>
      <Button size="small" aria-expanded={isOpen} aria-controls={filtersId} onClick={onToggle}>
        <Icon name="filter" size={18} />
        {filterCount === 0 ? 'Filters' : `Filters (${filterCount})`}
      </Button>
      <NativeSelect label="Sort by" options={sortOptions} value={sort} onChange={onSort} />
      <Button
        size="small"
        data-square=""
        aria-label="Table"
        title={isTable ? 'Show as cards' : 'Show as a table'}
        aria-pressed={isTable}
        onClick={() => onStyle({ ...style, view: isTable ? 'cards' : 'table' })}
      >
        <Icon name="table" size={18} />
      </Button>
      <Button
        size="small"
        data-square=""
        aria-label="Compact"
        title={isCompact ? 'Show more of each app' : 'Show more apps at once'}
        aria-pressed={isCompact}
        onClick={() => onStyle({ ...style, density: isCompact ? 'comfortable' : 'compact' })}
      >
        <Icon name="compact" size={18} />
      </Button>
    </Root>
  )
}
