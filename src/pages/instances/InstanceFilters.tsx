import { styled } from '@mui/material/styles'
import { useEffect, useRef } from 'react'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { isPlainKey } from '../../ui/plain-key.ts'
import { radius } from '../../ui/tokens.ts'
import type { Arranged } from './arrange-instances.ts'
import {
  type InstancesParams,
  type Sort,
  type StatusGroup,
  sorts,
  statusGroups,
  visibilities,
} from './instances-params.ts'

const Root = styled('div')({ display: 'grid', gap: 12, marginBottom: 16 })

const Row = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 16px',
})

const Chips = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 6 })

const Search = styled('search')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  flex: '1 1 260px',
  minWidth: 0,
  height: 38,
  paddingInline: 12,
  border: `1px solid ${theme.vars.palette.line.control}`,
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.paper,
  color: theme.vars.palette.text.tertiary,
  '&:focus-within': {
    borderColor: theme.vars.palette.primary.main,
    outline: `1px solid ${theme.vars.palette.primary.main}`,
  },
  '& input': {
    ...theme.typography.body1,
    flex: 1,
    minWidth: 0,
    height: '100%',
    padding: 0,
    border: 0,
    outline: 'none',
    background: 'none',
    fontFamily: 'inherit',
    color: theme.vars.palette.text.primary,
  },
  '& input::placeholder': { color: theme.vars.palette.text.tertiary, opacity: 1 },
}))

export const groupWords: Record<StatusGroup, string> = {
  all: 'All',
  active: 'Active',
  failed: 'Failed',
  paused: 'Paused',
}

const sortWords: Record<Sort, string> = {
  active: 'Active first',
  newest: 'Newest first',
  pauses: 'Pausing soonest',
  app: 'By app',
}

type Props = {
  params: InstancesParams
  arranged: Arranged
  publicMode: boolean
  onType: (text: string) => void
  onChange: (change: Partial<Omit<InstancesParams, 'q'>>) => void
}

export function InstanceFilters({ params, arranged, publicMode, onType, onChange }: Props) {
  const { counts, apps } = arranged
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (!isPlainKey(event, '/')) return
      event.preventDefault()
      input.current?.select()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])

  return (
    <Root>
      <Row>
        <Search>
          <Icon name="search" size={18} />
          <input
            ref={input}
            type="search"
            aria-label="Search your instances"
            aria-keyshortcuts="/"
            placeholder="Search by app, version, alias or id"
            autoComplete="off"
            spellCheck={false}
            value={params.q}
            onChange={(event) => onType(event.target.value)}
          />
        </Search>
        <NativeSelect
          label="App"
          value={params.app ?? ''}
          options={[
            { value: '', label: 'any' },
            ...apps.map(({ name, title }) => ({ value: name, label: title })),
          ]}
          onChange={(app) => onChange({ app: app === '' ? null : app })}
        />
        <NativeSelect
          label="Open to"
          value={params.visibility ?? ''}
          options={[
            { value: '' as const, label: 'anybody' },
            ...visibilities
              .filter((each) => each !== 'PUBLIC' || publicMode || params.visibility === each)
              .map((each) => ({ value: each, label: visibilityWords[each].toLocaleLowerCase() })),
          ]}
          onChange={(visibility) => onChange({ visibility: visibility === '' ? null : visibility })}
        />
        <NativeSelect
          label="Order"
          value={params.sort}
          options={sorts.map((each) => ({ value: each, label: sortWords[each] }))}
          onChange={(sort) => onChange({ sort })}
        />
      </Row>
      <Chips role="group" aria-label="Show">
        {statusGroups.map((group) => (
          <FilterChip
            key={group}
            label={groupWords[group]}
            count={counts[group]}
            selected={group === params.status}
            onSelect={() => onChange({ status: group })}
          />
        ))}
        <FilterChip
          label="Newer version available"
          count={counts.outdated}
          selected={params.outdated}
          onSelect={() => onChange({ outdated: !params.outdated })}
        />
      </Chips>
    </Root>
  )
}
