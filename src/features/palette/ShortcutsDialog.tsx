import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useId, useRef, useState } from 'react'
import { isMac } from '../../ui/is-mac.ts'
import { setSingleKeys, singleKeysOn } from '../../ui/plain-key.ts'
import { radius } from '../../ui/tokens.ts'
import { Key } from './palette-styles.ts'
import { useModal } from './use-modal.ts'

const Root = styled('dialog')(({ theme }) => ({
  width: 'min(440px, calc(100vw - 32px))',
  padding: 24,
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '&::backdrop': { backgroundColor: theme.vars.palette.floating.scrim },
  '& h2': { ...theme.typography.h2, margin: 0 },
  '& dl': { ...theme.typography.body1, margin: '12px 0' },
  '& dl > div': {
    display: 'flex',
    flexDirection: 'row-reverse',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: 16,
    padding: '8px 0',
  },
  '& dl > div + div': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& dt': { flex: 'none' },
  '& dd': { margin: 0, color: theme.vars.palette.text.secondary },
  '& label': {
    ...theme.typography.body2,
    display: 'flex',
    gap: 10,
    padding: '12px 0',
    cursor: 'pointer',
  },
  '& input': {
    flex: 'none',
    alignSelf: 'start',
    margin: '3px 0 0',
    accentColor: theme.vars.palette.primary.main,
  },
  '& small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.text.tertiary,
  },
  '& footer': { display: 'flex', justifyContent: 'flex-end', marginTop: 12 },
}))

const command = isMac ? '⌘' : 'Ctrl'

const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: [command, 'K'], does: 'Find apps, instances, pages and commands' },
  { keys: ['/'], does: 'Search the catalog' },
  { keys: ['?'], does: 'Show these shortcuts' },
  { keys: [command, '↵'], does: 'In the palette: open in a new tab' },
  { keys: ['Esc'], does: 'Close what is open' },
]

/** All there is to know of the keyboard, and the way to switch off keys that act alone. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const [single, setSingle] = useState(singleKeysOn)
  useModal(dialog)
  return (
    <Root
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClose={() => {
        if (dialog.current?.open !== true) onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <h2 id={titleId}>Keyboard shortcuts</h2>
      <dl>
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && ' '}
                  <Key>{key}</Key>
                </span>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            setSingle(event.target.checked)
            setSingleKeys(event.target.checked)
          }}
        />
        <span>
          Use / and ? as shortcuts
          <small>Switch it off if you dictate, or press them by mistake.</small>
        </span>
      </label>
      <footer>
        <Button data-first="" onClick={onClose}>
          Close
        </Button>
      </footer>
    </Root>
  )
}
