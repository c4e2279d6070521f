import { styled } from '@mui/material/styles'
import type { FacetValue } from '../../api/generated/types.gen.ts'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

const Root = styled('fieldset')(({ theme }) => ({
  margin: 0,
  padding: 0,
  border: 0,
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  minWidth: 0,
  // On a phone a row that scrolls, out to the screen's edges.
  [theme.breakpoints.down('sm')]: {
    flexWrap: 'nowrap',
    overflowX: 'auto',
    margin: '-4px -16px',
    padding: '4px 16px',
    scrollbarWidth: 'none',
  },
}))

type Props = {
  /** Undefined while the first answer is on its way. */
  facets: FacetValue[] | undefined
  selected: string | null
  onSelect: (category: string | null) => void
}

/** “All” is the catalog's “no filter”. A selected category stays visible when nothing is left in it. */
export function CategoryChips({ facets, selected, onSelect }: Props) {
  if (facets === undefined) {
    return (
      <Root aria-hidden="true">
        {[64, 116, 148, 104, 92].map((width) => (
          <Skeleton key={width} width={width} height={32} pill />
        ))}
      </Root>
    )
  }
  const shown =
    selected === null || facets.some(({ value }) => value === selected)
      ? facets
      : [...facets, { value: selected, count: 0, title: null, color: null }]
  const all = facets.reduce((sum, { count }) => sum + count, 0)
  return (
    <Root aria-label="Category">
      <FilterChip
        label="All"
        count={all}
        selected={selected === null}
        onSelect={() => onSelect(null)}
      />
      {shown.map(({ value, count, title }) => (
        <FilterChip
          key={value}
          label={title ?? value}
          count={count}
          selected={value === selected}
          onSelect={() => onSelect(value === selected ? null : value)}
        />
      ))}
    </Root>
  )
}
