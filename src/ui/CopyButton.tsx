import Button from '@mui/material/Button'
import { useState } from 'react'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type Props = { text: string; label?: string; variant?: 'text' | 'outlined' }

type Outcome = 'none' | 'copied' | 'refused'

const words: Record<Outcome, string> = { none: '', copied: 'Copied', refused: 'Can’t copy here' }

/** Copies, and says whether it could. */
export function CopyButton({ text, label = 'Copy', variant = 'text' }: Props) {
  const [outcome, setOutcome] = useState<Outcome>('none')

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
    setTimeout(() => setOutcome('none'), 2000)
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
