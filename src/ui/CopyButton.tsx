import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { useState } from 'react'
import { Icon } from './Icon.tsx'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type Props = {
  /** Or a way to get it, where it is too much to have at hand or is known at the click alone. */
  text: string | (() => string | Promise<string>)
  label?: string
  /** `icon`: as small as a line of text, its label only told. */
  variant?: 'text' | 'outlined' | 'icon'
}

type Outcome = 'none' | 'copied' | 'refused'

const words: Record<Outcome, string> = { none: '', copied: 'Copied', refused: 'Can’t copy here' }

const icons = { none: 'copy', copied: 'ok', refused: 'error' } as const

/** Copies, and says whether it could. */
export function CopyButton({ text, label = 'Copy', variant = 'text' }: Props) {
  const [outcome, setOutcome] = useState<Outcome>('none')

  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text())
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
    setTimeout(() => setOutcome('none'), 2000)
  }

  if (variant === 'icon') {
    return (
      <>
        <IconButton
          size="small"
          aria-label={label}
          title={outcome === 'none' ? label : words[outcome]}
          onClick={() => void copy()}
          sx={{ width: 24, height: 24, my: '-2px', verticalAlign: 'middle' }}
        >
          <Icon name={icons[outcome]} size={15} />
        </IconButton>
        <VisuallyHidden as="output">{words[outcome]}</VisuallyHidden>
      </>
    )
  }
  return (
    <>
      <Button size="small" variant={variant} onClick={() => void copy()}>
        {outcome === 'none' ? label : words[outcome]}
      </Button>
      <VisuallyHidden as="output">{words[outcome]}</VisuallyHidden>
    </>
  )
}
