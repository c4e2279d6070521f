import { useEffect, useRef, useState } from 'react'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { Frame } from './log-protocol.ts'
import { countWords } from './log-words.ts'

/** A log may print a thousand lines a second; somebody who listens hears of them together. */
const everyMs = 10_000

export function LogAnnouncer({ frame }: { frame: Frame }) {
  const latest = useRef(frame)
  const [said, setSaid] = useState('')
  useEffect(() => {
    latest.current = frame
  }, [frame])
  useEffect(() => {
    let before = latest.current
    const timer = setInterval(() => {
      const now = latest.current
      const lines = now.added - before.added
      const errors = now.addedErrors - before.addedErrors
      before = now
      if (lines === 0) return
      const bad = errors === 0 ? '' : `, ${countWords(errors, 'error')} among them`
      setSaid(`${countWords(lines, 'new line')}${bad}`)
    }, everyMs)
    return () => clearInterval(timer)
  }, [])
  return <VisuallyHidden role="status">{said}</VisuallyHidden>
}
