import { useMemo, useState } from 'react'
import type { Finding } from '../../bundle/finding.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { CodeView } from './CodeView.tsx'
import { FindingNotes } from './FindingNotes.tsx'
import { HighlightedText } from './highlight.ts'
import type { Language } from './languages.ts'
import { Facts, FileBar, Notice, Part } from './viewer-styles.ts'

type Props = {
  text: string
  /** Whether the file goes on. */
  isCut: boolean
  facts: string
  language: Language | null
  findings: readonly Finding[]
  /** The line to begin with, from 1. */
  startLine: number | undefined
}

export function TextView({ text, isCut, facts, language, findings, startLine }: Props) {
  // By hand, because a new one would colour everything anew.
  const code = useMemo(() => new HighlightedText(text, language), [text, language])
  const [goal, setGoal] = useState({ line: startLine ?? 0, asked: 0 })
  const count = code.lines.length
  return (
    <Part>
      <FileBar>
        <Facts>
          {facts} · {isCut ? 'cut' : count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`}
        </Facts>
        <CopyButton text={text} label={isCut ? 'Copy what is shown' : 'Copy'} variant="outlined" />
      </FileBar>
      <FindingNotes
        findings={findings}
        onGoTo={(line) => setGoal(({ asked }) => ({ line, asked: asked + 1 }))}
      />
      {isCut && <Notice>This file is too long to show whole. Here are its first 256 KB.</Notice>}
      <CodeView code={code} findings={findings} goal={goal} />
    </Part>
  )
}
