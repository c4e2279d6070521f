import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { Query } from './held/matching.ts'
import type { LogClient } from './log-client.ts'
import type { Filter, SearchState } from './log-protocol.ts'
import { severity } from './text/severity.ts'

const Bar = styled('search')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '8px 20px',
  '@media (max-width: 767.95px)': { padding: '8px 16px' },
})

const Field = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  flex: '1 1 260px',
  maxWidth: 560,
  minWidth: 0,
  minHeight: 36,
  paddingInline: '10px 4px',
  gap: 4,
  borderRadius: radius.control,
  border: `1px solid ${theme.vars.palette.line.control}`,
  backgroundColor: theme.vars.palette.background.paper,
  color: theme.vars.palette.text.tertiary,
  '&:focus-within': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: -1,
  },
  '& > svg': { flex: 'none' },
  '& input': {
    ...theme.typography.body2,
    flex: 1,
    minWidth: 60,
    padding: '6px 4px',
    border: 0,
    outline: 'none',
    background: 'none',
    color: theme.vars.palette.text.primary,
  },
  '& input::placeholder': { color: theme.vars.palette.text.tertiary, opacity: 1 },
  '& button': { width: 28, height: 28, fontSize: 12, flex: 'none' },
  '& button[aria-pressed]': {
    fontFamily: 'var(--wd-mono)',
    fontWeight: 600,
    color: theme.vars.palette.text.secondary,
  },
  '& button[aria-pressed="true"]': {
    color: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& output': {
    ...theme.typography.caption,
    flex: 'none',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
}))

const Problem = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  flexBasis: '100%',
  margin: 0,
  color: theme.vars.palette.error.main,
  overflowWrap: 'anywhere',
}))

const levels = [
  { value: '0', label: 'all' },
  { value: '2', label: 'info and worse' },
  { value: '3', label: 'warnings and errors' },
  { value: '4', label: 'errors' },
] as const

const leastOf = {
  '0': severity.none,
  '2': severity.info,
  '3': severity.warning,
  '4': severity.error,
} as const

const typingMs = 70

type Props = {
  ref: Ref<HTMLInputElement>
  client: LogClient
  state: SearchState | null
  onFiltered: (isFiltered: boolean) => void
}

/** Finds lines, steps through them, and leaves the others out if one likes. */
export function LogSearchBar({ ref, client, state, onFiltered }: Props) {
  const [query, setQuery] = useState<Query>({ text: '', isRegex: false, matchesCase: false })
  const [filter, setFilter] = useState<Filter>({ least: severity.none, onlyHits: false })
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined)

  const send = (next: Query) => client.search(next.text === '' ? null : next)
  function ask(change: Partial<Query>, wait = 0) {
    const next = { ...query, ...change }
    setQuery(next)
    clearTimeout(typing.current)
    if (wait === 0) send(next)
    else typing.current = setTimeout(() => send(next), wait)
    narrow(filter, next)
  }
  function narrow(change: Partial<Filter>, by: Query = query) {
    const next = { ...filter, ...change }
    setFilter(next)
    const onlyHits = next.onlyHits && by.text !== ''
    client.filter({ ...next, onlyHits })
    onFiltered(onlyHits || next.least > severity.none)
  }
  const step = (by: 1 | -1) => client.send({ type: 'step', by })

  function keyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
    } else if (event.key === 'Escape' && query.text !== '') {
      // First out of the search, then out of the dialog.
      event.preventDefault()
      event.stopPropagation()
      ask({ text: '' })
    }
  }

  return (
    <Bar aria-label="Search the log">
      <Field>
        <Icon name="search" size={16} />
        <input
          ref={ref}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          placeholder="Search"
          aria-label="Search the log"
          aria-invalid={state?.problem !== null && state !== null}
          value={query.text}
          onChange={(event) => ask({ text: event.target.value }, typingMs)}
          onKeyDown={keyDown}
        />
        {query.text !== '' && (
          <>
            <output aria-label="Found">{foundWords(state, query.text)}</output>
            <IconButton
              aria-label="Previous match"
              title="Previous (Shift+Enter)"
              onClick={() => step(-1)}
            >
              <Icon name="up" size={16} />
            </IconButton>
            <IconButton aria-label="Next match" title="Next (Enter)" onClick={() => step(1)}>
              <Icon name="chevron" size={16} />
            </IconButton>
          </>
        )}
        <IconButton
          aria-label="Match case"
          title="Match case"
          aria-pressed={query.matchesCase}
          onClick={() => ask({ matchesCase: !query.matchesCase })}
        >
          Aa
        </IconButton>
        <IconButton
          aria-label="Regular expression"
          title="Regular expression"
          aria-pressed={query.isRegex}
          onClick={() => ask({ isRegex: !query.isRegex })}
        >
          .*
        </IconButton>
      </Field>
      <FilterChip
        label="Only matches"
        selected={filter.onlyHits}
        onSelect={() => narrow({ onlyHits: !filter.onlyHits })}
      />
      <NativeSelect
        label="Level"
        options={levels}
        value={levels.find(({ value }) => leastOf[value] === filter.least)?.value ?? '0'}
        onChange={(value) => narrow({ least: leastOf[value] })}
      />
      {state !== null && state.problem !== null && <Problem role="alert">{state.problem}</Problem>}
      <VisuallyHidden role="status">
        {state?.isDone && state.problem === null ? `${state.total} found` : ''}
      </VisuallyHidden>
    </Bar>
  )
}

function foundWords(state: SearchState | null, text: string): string {
  // Nothing of what was looked for before.
  if (state === null || state.text !== text || state.problem !== null) return ''
  const total = state.total.toLocaleString('en')
  if (!state.isDone) return `${total}…`
  if (state.total === 0) return 'None'
  return state.current === null ? total : `${state.current.toLocaleString('en')} of ${total}`
}
