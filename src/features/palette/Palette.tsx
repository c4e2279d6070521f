import Button from '@mui/material/Button'
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { describeError } from '../../ui/describe-error.ts'
import { Icon } from '../../ui/Icon.tsx'
import { isMac } from '../../ui/is-mac.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { PaletteCommand, PaletteRow } from './command.ts'
import { Foot, Head, Key, List, Note, Root } from './palette-styles.ts'
import { PaletteOption } from './PaletteOption.tsx'
import { steadyRows } from './steady-rows.ts'
import { useModal } from './use-modal.ts'

const maxTyped = 120
const pageStep = 8

type Props = {
  text: string
  onType: (text: string) => void
  /** What the text finds, best first within its group. */
  rows: readonly PaletteRow[]
  /** More may come. */
  busy: boolean
  /** Why no more comes. */
  error: unknown
  onRetry: () => void
  onChoose: (command: PaletteCommand, newTab: boolean) => void
  onClose: () => void
}

/** A field and what it finds: a combobox whose focus stays in the field while the arrow keys go through the list. */
export function Palette(props: Props) {
  const { text, busy, error, onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  useModal(dialog)
  const { rows, chosen, choose } = useChoice(text, props.rows)
  // Somebody who types quickly presses Enter before the answer is there: then the first one counts.
  const early = useRef<{ text: string; newTab: boolean } | null>(null)
  const optionId = (index: number) => `${id}-option-${index}`

  const arrived = useEffectEvent(() => {
    const entered = early.current
    early.current = null
    const first = rows[0]
    if (entered?.text === text && first !== undefined) act(first, entered.newTab)
  })
  useEffect(() => {
    if (!busy) arrived()
  }, [busy])

  function act({ command }: PaletteRow, newTab: boolean) {
    if (command.loading === true || (command.reason ?? null) !== null) return
    props.onChoose(command, newTab)
  }

  function move(index: number) {
    choose(index)
    document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' })
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>) {
    // Keys that choose among an input method's proposals; 229 is how Safari tells of the last one.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.altKey || (event.shiftKey && event.key !== 'Enter')) return
    if (event.key === 'Enter') {
      event.preventDefault()
      const newTab = event.ctrlKey || event.metaKey
      const row = rows[chosen]
      if (row !== undefined) act(row, newTab)
      else if (busy) early.current = { text, newTab }
      return
    }
    const last = rows.length - 1
    const to = {
      ArrowDown: chosen === last ? 0 : chosen + 1,
      ArrowUp: chosen === 0 ? last : chosen - 1,
      PageDown: Math.min(last, chosen + pageStep),
      PageUp: Math.max(0, chosen - pageStep),
      Home: 0,
      End: last,
    }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (rows.length > 0) move(to)
  }

  const groups = Map.groupBy(rows.entries(), ([, row]) => row.group)
  return (
    <Root
      ref={dialog}
      aria-label="Command palette"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // Also told of a dialog that was closed and opened again.
      onClose={() => {
        if (dialog.current?.open !== true) onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <Head>
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Find apps, instances, pages and commands"
          aria-autocomplete="list"
          aria-expanded={rows.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={rows.length > 0 ? optionId(chosen) : undefined}
          placeholder="Find an app, or do something"
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={maxTyped}
          value={text}
          onChange={(event) => props.onType(event.target.value)}
          onKeyDown={pressed}
        />
        <button type="button" onClick={onClose}>
          Close
        </button>
      </Head>
      <List
        id={`${id}-list`}
        role="listbox"
        aria-label="Results"
        aria-busy={busy}
        hidden={rows.length === 0}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {[...groups].map(([label, entries], group) => (
          <div key={label} role="group" aria-labelledby={`${id}-group-${group}`}>
            <div id={`${id}-group-${group}`} data-label="" role="presentation">
              {label}
            </div>
            {entries.map(([index, row]) => (
              <PaletteOption
                key={row.command.id}
                id={optionId(index)}
                row={row}
                chosen={index === chosen}
                onPoint={() => choose(index)}
                onAct={(newTab) => act(row, newTab)}
              />
            ))}
          </div>
        ))}
      </List>
      {rows.length === 0 && busy && <Loading />}
      {rows.length === 0 && !busy && error === null && (
        <Note data-empty="">
          <b>Nothing found for “{text.trim()}”</b>
          Try fewer or other words: an app’s name, or what you want to do.
        </Note>
      )}
      {error !== null && (
        <Note role="alert">
          <span>The catalog could not be searched. {describeError(error).message}</span>
          <Button
            size="small"
            onClick={() => {
              props.onRetry()
              input.current?.focus()
            }}
          >
            Try again
          </Button>
        </Note>
      )}
      <Foot aria-hidden="true">
        <span>
          <Key>↑</Key> <Key>↓</Key> choose
        </span>
        <span>
          <Key>↵</Key> do it
        </span>
        <span>
          <Key>{isMac ? '⌘' : 'Ctrl'}</Key> <Key>↵</Key> in a new tab
        </span>
        <span>{busy ? 'Searching the catalog…' : ''}</span>
      </Foot>
      <VisuallyHidden role="status">
        {busy || (error !== null && rows.length === 0) ? '' : counted(rows.length)}
      </VisuallyHidden>
    </Root>
  )
}

function counted(count: number): string {
  if (count === 0) return 'No results'
  return count === 1 ? '1 result' : `${count} results`
}

type Choice = { rows: readonly PaletteRow[]; chosen: number; choose: (index: number) => void }

/** Which row is chosen: the first one until somebody moves, and from then on that one, wherever others arrive. */
function useChoice(text: string, given: readonly PaletteRow[]): Choice {
  const [choice, setChoice] = useState<{ text: string; id: string } | null>(null)
  const moved = choice !== null && choice.text === text ? choice.id : null
  const [held, setHeld] = useState({ given, rows: given })
  const rows = held.given === given ? held.rows : steadyRows(held.rows, given, moved)
  if (held.given !== given) setHeld({ given, rows })
  const possible = rows.findIndex(({ command }) => (command.reason ?? null) === null)
  const at = rows.findIndex(({ command }) => command.id === moved)
  return {
    rows,
    chosen: at === -1 ? Math.max(0, possible) : at,
    choose: (index) => {
      const id = rows[index]?.command.id
      if (id !== undefined && id !== moved) setChoice({ text, id })
    },
  }
}

function Loading() {
  return (
    <Note data-loading="" style={{ border: 0, display: 'grid', gap: 22, padding: '22px 18px' }}>
      {[52, 40, 61].map((width) => (
        <Skeleton key={width} width={`${width}%`} height={14} />
      ))}
    </Note>
  )
}
