import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useId, useState } from 'react'
import type { AppFacets } from '../../api/generated/types.gen.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { radius } from '../../ui/tokens.ts'
import { filterWords, type FilterOption, flagWords, optionsOf } from './catalog-filter.ts'
import { type CatalogFilters, flags, isFiltered, valueFilters } from './catalog-params.ts'

const Groups = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 190px), 1fr))',
  gap: '20px 24px',
})

const Group = styled('fieldset')(({ theme }) => ({
  margin: 0,
  padding: 0,
  border: 0,
  minWidth: 0,
  '& legend': { ...theme.typography.body2, fontWeight: 600, padding: 0, marginBottom: 6 },
  '& input[type="search"]': {
    ...theme.typography.body2,
    fontFamily: 'inherit',
    width: '100%',
    height: 32,
    marginBottom: 6,
    padding: '0 10px',
    border: `1px solid ${theme.vars.palette.line.control}`,
    borderRadius: radius.s,
    color: 'inherit',
    backgroundColor: theme.vars.palette.background.paper,
  },
  '& ul': { margin: 0, padding: 2, listStyle: 'none', maxHeight: 232, overflowY: 'auto' },
  '& p': { ...theme.typography.caption, margin: 0, color: theme.vars.palette.text.tertiary },
}))

const Choice = styled('label')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  minHeight: 30,
  cursor: 'pointer',
  overflowWrap: 'anywhere',
  '& span': { minWidth: 0 },
  '& span:has(> span)': { display: 'flex' },
  '& input': {
    flex: 'none',
    width: 16,
    height: 16,
    margin: 0,
    accentColor: theme.vars.palette.primary.main,
  },
  '& span:last-child': {
    flex: 'none',
    marginInlineStart: 'auto',
    fontVariantNumeric: 'tabular-nums',
    color: theme.vars.palette.text.tertiary,
  },
  '&:hover': { color: theme.vars.palette.primary.main },
}))

const Foot = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 16 })

/** From so many on, a list can be searched. */
const searchableFrom = 9

type Props = {
  id: string
  filters: CatalogFilters
  facets: AppFacets | undefined
  onChange: (change: Partial<CatalogFilters>) => void
  onClear: () => void
  onClose: () => void
}

/** Every filter with how many apps it would leave. What is chosen shows in the list below at once. */
export function FilterPanel({ id, filters, facets, onChange, onClear, onClose }: Props) {
  return (
    <Surface id={id} aria-label="Filters" sx={{ padding: '18px 20px 16px' }}>
      <Groups>
        <Group>
          <legend>Show only</legend>
          <ul>
            {flags.map((flag) => (
              <li key={flag}>
                <Choice>
                  <input
                    type="checkbox"
                    checked={filters[flag]}
                    onChange={(event) => onChange({ [flag]: event.target.checked })}
                  />
                  <span>{flagWords[flag]}</span>
                  <span>{facets?.[flag].toLocaleString('en')}</span>
                </Choice>
              </li>
            ))}
          </ul>
        </Group>
        {valueFilters.map((filter) => {
          const chosen: readonly string[] = filters[filter]
          const options = optionsOf(filter, facets, chosen)
          if (options.length === 0) return null
          return (
            <ValueGroup
              key={filter}
              title={filterWords[filter]}
              options={options}
              chosen={chosen}
              onChange={(values) => onChange({ [filter]: values })}
            />
          )
        })}
      </Groups>
      <Foot>
        <Button size="small" onClick={onClose}>
          Done
        </Button>
        {isFiltered(filters) && (
          <Button size="small" variant="text" onClick={onClear}>
            Clear all filters
          </Button>
        )}
      </Foot>
    </Surface>
  )
}

type GroupProps = {
  title: string
  options: readonly FilterOption[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

function ValueGroup({ title, options, chosen, onChange }: GroupProps) {
  const [text, setText] = useState('')
  const searchId = useId()
  const wanted = text.trim().toLowerCase()
  const shown = options.filter(({ label }) => label.toLowerCase().includes(wanted))
  return (
    <Group>
      <legend>{title}</legend>
      {options.length >= searchableFrom && (
        <input
          id={searchId}
          type="search"
          aria-label={`Search in ${title}`}
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul>
        {shown.map(({ value, label, count, color }) => (
          <li key={value}>
            <Choice>
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={(event) =>
                  onChange(
                    event.target.checked
                      ? [...chosen, value]
                      : chosen.filter((each) => each !== value),
                  )
                }
              />
              <span>{color === null ? label : <Chip title={label} color={color} />}</span>
              <span>{count.toLocaleString('en')}</span>
            </Choice>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p>Nothing here is called so.</p>}
    </Group>
  )
}
