import { styled } from '@mui/material/styles'
import { type KeyboardEvent, type ReactNode, useId } from 'react'

const List = styled('div')(({ theme }) => ({
  display: 'flex',
  gap: 4,
  marginBottom: 16,
  overflowX: 'auto',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  '& button': {
    ...theme.typography.body1,
    flex: 'none',
    minHeight: 40,
    padding: '8px 12px',
    border: 0,
    borderBottom: '2px solid transparent',
    background: 'none',
    fontFamily: 'inherit',
    fontWeight: 500,
    color: theme.vars.palette.text.secondary,
    cursor: 'pointer',
  },
  '& button:focus-visible': { outlineOffset: -2 },
  '& button:hover': { color: theme.vars.palette.text.primary },
  '& button[aria-selected="true"]': {
    color: theme.vars.palette.primary.main,
    borderBottomColor: theme.vars.palette.primary.main,
  },
  '& [data-count]': {
    ...theme.typography.caption,
    marginInlineStart: 6,
    fontVariantNumeric: 'tabular-nums',
    color: theme.vars.palette.text.tertiary,
  },
}))

type Tab<Key extends string> = { key: Key; label: string; count?: number }

type Props<Key extends string> = {
  label: string
  tabs: readonly Tab<Key>[]
  selected: Key
  onSelect: (key: Key) => void
  children: ReactNode
}

/** Tabs as the ARIA practices have them: the arrows go from one to the next, Tab into what is shown. */
export function Tabs<Key extends string>(props: Props<Key>) {
  const { label, tabs, selected, onSelect, children } = props
  const id = useId()

  function move(event: KeyboardEvent<HTMLDivElement>) {
    const at = tabs.findIndex(({ key }) => key === selected)
    const to = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key]
    const next = to === undefined ? undefined : tabs[to]
    if (next === undefined) return
    event.preventDefault()
    onSelect(next.key)
    document.getElementById(`${id}-${next.key}`)?.focus()
  }

  return (
    <>
      <List role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab.key === selected}
            aria-controls={tab.key === selected ? `${id}-panel` : undefined}
            tabIndex={tab.key === selected ? 0 : -1}
            onClick={() => onSelect(tab.key)}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <span data-count="">{tab.count}</span>}
          </button>
        ))}
      </List>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`}>
        {children}
      </div>
    </>
  )
}
