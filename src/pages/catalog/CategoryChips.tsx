import { styled } from '@mui/material/styles'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { FilterOption } from './catalog-filter.ts'

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

/** The others are in the filters. */
const shownAtMost = 9

type Props = {
  /** Undefined while the first answer is on its way. */
  options: readonly FilterOption[] | undefined
  selected: readonly string[]
  onSelect: (categories: string[]) => void
}

/** “All” is the catalog's “no filter”. A selected category stays visible when nothing is left in it. */
export function CategoryChips({ options, selected, onSelect }: Props) {
  if (options === undefined) {
    return (
      <Root aria-hidden="true">
        {[64, 116, 148, 104, 92].map((width) => (
          <Skeleton key={width} width={width} height={32} pill />
        ))}
      </Root>
    )
  }
  const largest = new Set(
    options
      .toSorted((a, b) => b.count - a.count)
      .slice(0, shownAtMost)
      .map(({ value }) => value),
  )
  const shown = options.filter(({ value }) => largest.has(value) || selected.includes(value))
  return (
    <Root aria-label="Category">
      {/* Without a number: what is found stands above, and the categories' overlap. */}
      <FilterChip label="All" selected={selected.length === 0} onSelect={() => onSelect([])} />
      {shown.map(({ value, label, count }) => {
        const isSelected = selected.includes(value)
        return (
          <FilterChip
            key={value}
            label={label}
            count={count}
            selected={isSelected}
            onSelect={() =>
              onSelect(isSelected ? selected.filter((each) => each !== value) : [value])
            }
          />
        )
      })}
    </Root>
  )
}
