import { styled } from '@mui/material/styles'
import { useEffect, useRef } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'
import { Icon } from '../../ui/Icon.tsx'
import { isPlainKey } from '../../ui/plain-key.ts'
import { radius } from '../../ui/tokens.ts'
import { maxSearchLength } from './catalog-params.ts'

const Root = styled('search')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  height: 46,
  paddingInline: '15px 8px',
  border: `1px solid ${theme.vars.palette.line.control}`,
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.paper,
  '&:focus-within': {
    borderColor: theme.vars.palette.primary.main,
    outline: `1px solid ${theme.vars.palette.primary.main}`,
  },
  '& > svg': { flex: 'none', color: theme.vars.palette.text.tertiary },
  '& input': {
    ...theme.typography.subtitle1,
    flex: 1,
    width: '100%',
    minWidth: 0,
    height: '100%',
    padding: 0,
    border: 0,
    outline: 'none',
    background: 'none',
    color: 'inherit',
    fontFamily: 'inherit',
  },
  '& input:focus-visible': { outline: 'none' },
  '& input::placeholder': { color: theme.vars.palette.text.tertiary, opacity: 1 },
  '& input::-webkit-search-cancel-button': { display: 'none' },
  '& kbd': {
    ...theme.typography.caption,
    padding: '1px 7px',
    marginInlineEnd: 6,
    fontFamily: 'var(--wd-mono)',
    border: `1px solid ${theme.vars.palette.line.strong}`,
    borderRadius: radius.s,
    color: theme.vars.palette.text.tertiary,
    [theme.breakpoints.down('md')]: { display: 'none' },
  },
  '& button': {
    display: 'grid',
    placeItems: 'center',
    width: 32,
    height: 32,
    padding: 0,
    border: 0,
    borderRadius: radius.s,
    background: 'none',
    color: theme.vars.palette.text.secondary,
    cursor: 'pointer',
    '&:hover': { backgroundColor: theme.vars.palette.background.sunken },
  },
}))

/** Whether `/` was pressed on another page, which leads here. Not when one comes back to it later. */
function useCameToSearch(): boolean {
  const { state } = useLocation()
  const type = useNavigationType()
  const asked = typeof state === 'object' && state !== null && 'toSearch' in state
  return asked && type !== NavigationType.Pop
}

type Props = { text: string; onType: (text: string) => void; onClear: () => void }

/** `/` brings the focus here from anywhere on the page, Escape empties it. */
export function SearchBox({ text, onType, onClear }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const cameToSearch = useCameToSearch()

  // After the heading has had the focus, which it gets on every new page.
  useEffect(() => {
    if (cameToSearch) input.current?.focus()
  }, [cameToSearch])

  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (!isPlainKey(event, '/')) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])

  function clear() {
    onClear()
    input.current?.focus()
  }

  return (
    <Root>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search apps"
        aria-keyshortcuts="/"
        placeholder="Search by name, keyword, tag or owner"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={maxSearchLength}
        value={text}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return
          event.preventDefault()
          clear()
        }}
      />
      {text === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button type="button" onClick={clear} aria-label="Clear the search">
          <Icon name="close" size={18} />
        </button>
      )}
    </Root>
  )
}
