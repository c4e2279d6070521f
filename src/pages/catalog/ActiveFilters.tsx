import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useRef } from 'react'
import type { AppFacets } from '../../api/generated/types.gen.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'
import { filterWords, flagWords, optionsOf } from './catalog-filter.ts'
import { type CatalogFilters, flags, valueFilters } from './catalog-params.ts'

const Root = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li > button[data-chip]': {
    ...theme.typography.body2,
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    minHeight: 30,
    maxWidth: '100%',
    padding: '3px 8px 3px 12px',
    border: 0,
    borderRadius: radius.round,
    fontFamily: 'inherit',
    color: theme.vars.palette.text.primary,
    backgroundColor: theme.vars.palette.background.sunken,
    overflowWrap: 'anywhere',
    textAlign: 'start',
    cursor: 'pointer',
    '&:hover': { backgroundColor: theme.vars.palette.idle.soft },
    '& svg': { flex: 'none', color: theme.vars.palette.text.tertiary },
  },
}))

type Props = {
  filters: CatalogFilters
  facets: AppFacets | undefined
  onChange: (change: Partial<CatalogFilters>) => void
  onClear: () => void
}

/** What narrows the list, to be taken away one by one or all at once. Categories show in their own chips. */
export function ActiveFilters({ filters, facets, onChange, onClear }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const chips = [
    ...valueFilters.flatMap((filter) => {
      const chosen: readonly string[] = filters[filter]
      const options = optionsOf(filter, facets, chosen)
      return chosen.map((value) => {
        const option = options.find((each) => each.value === value)
        return {
          key: `${filter}:${value}`,
          what: `${filterWords[filter]}: `,
          label: option?.label ?? value,
          color: option?.color ?? null,
          change: { [filter]: chosen.filter((each) => each !== value) },
        }
      })
    }),
    ...flags
      .filter((flag) => filters[flag])
      .map((flag) => ({
        key: flag,
        what: '',
        label: flagWords[flag],
        color: null,
        change: { [flag]: false },
      })),
  ]
  if (chips.length === 0) return null

  /** The button goes with its filter; who works by keyboard goes on from the next one, or the search. */
  function focusNear(index: number) {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const near = buttons[index + 1] ?? buttons[index - 1]
    if (near === undefined || chips.length === 1) {
      document.querySelector<HTMLElement>('search input')?.focus({ preventScroll: true })
    } else near.focus({ preventScroll: true })
  }

  return (
    <Root ref={list} aria-label="Active filters">
      {chips.map(({ key, what, label, color, change }, index) => (
        <li key={key}>
          <button
            type="button"
            data-chip=""
            aria-label={`Remove the filter ${what}${label}`}
            onClick={() => {
              focusNear(index)
              onChange(change)
            }}
          >
            {what}
            {color === null ? label : <Chip title={label} color={color} />}
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            size="small"
            variant="text"
            onClick={() => {
              focusNear(-2)
              onClear()
            }}
          >
            Clear all
          </Button>
        </li>
      )}
    </Root>
  )
}
