import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { type ChangeEvent, type Ref, useRef } from 'react'
import type { ChosenFile } from '../../features/bundles/chosen.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'

const Root = styled('section')(({ theme }) => ({
  display: 'grid',
  justifyItems: 'center',
  gap: 6,
  marginBottom: 24,
  padding: '44px 20px',
  textAlign: 'center',
  border: `1px dashed ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  '& > svg': { marginBottom: 8, color: theme.vars.palette.text.tertiary },
  '& h2': { ...theme.typography.h2, margin: 0 },
  '& p': {
    ...theme.typography.body1,
    margin: 0,
    maxWidth: 520,
    color: theme.vars.palette.text.secondary,
    textWrap: 'pretty',
  },
  '&[data-compact]': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '12px 16px',
    padding: '12px 16px',
    textAlign: 'start',
    '& > svg': { display: 'none' },
    '& > div:first-of-type': { flex: '1 1 240px' },
    '& p': theme.typography.body2,
  },
}))

const Buttons = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8 })

const Command = styled('div')({ width: 'min(420px, 100%)', marginTop: 20, textAlign: 'start' })

/** Every browser knows it, React's types don't. */
const aFolder = { webkitdirectory: '' }

type Props = {
  /** Something is chosen already: a line instead of an area. */
  compact: boolean
  /** The button that files are chosen with; it stays whatever is chosen. */
  buttonRef: Ref<HTMLButtonElement>
  onChoose: (chosen: ChosenFile[]) => void
}

/** The ways to choose bundles; dropping them works on every page. */
export function ChooseBundles({ compact, buttonRef, onChoose }: Props) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)

  function take(event: ChangeEvent<HTMLInputElement>) {
    const input = event.currentTarget
    const chosen = Array.from(input.files ?? [], (file) => ({
      path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
      file,
    }))
    // So that the same file can be chosen again, after it was changed.
    input.value = ''
    onChoose(chosen)
  }

  const buttons = (
    <Buttons style={compact ? undefined : { marginTop: 14 }}>
      <Button
        ref={buttonRef}
        variant={compact ? 'outlined' : 'contained'}
        size={compact ? 'small' : 'medium'}
        onClick={() => files.current?.click()}
      >
        Choose files
      </Button>
      <Button size={compact ? 'small' : 'medium'} onClick={() => folder.current?.click()}>
        Choose a folder
      </Button>
    </Buttons>
  )

  return (
    <Root data-compact={compact ? '' : undefined} aria-label="Choose bundles">
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept=".wave,.zip"
        aria-label="Bundles"
        onChange={take}
      />
      <input
        ref={folder}
        type="file"
        hidden
        {...aFolder}
        aria-label="A folder with an app.toml"
        onChange={take}
      />
      {compact ? (
        <div>
          <p>Drop more bundles or folders anywhere.</p>
        </div>
      ) : (
        <>
          <Icon name="box" size={32} />
          <h2>Drop a bundle, or the folder of an app</h2>
          <p>
            Several at once are fine: .wave or .zip files, and folders that hold an app.toml, which
            are packed here in your browser.
          </p>
        </>
      )}
      {buttons}
      {!compact && (
        <Command>
          <CommandLine command={commands.bundle()} />
        </Command>
      )}
    </Root>
  )
}
