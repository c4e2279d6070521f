import { useEffect, useRef, useState } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'

/** How long nobody has to type before it is written, in milliseconds. */
const typingMs = 150

/** Marks a navigation that already holds what is in the search box. */
export const withSearchText = { withSearchText: true }

function holdsSearchText(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'withSearchText' in state
}

/**
 * What is in a search box whose text belongs to the address. It runs ahead of the address by the pause for typing, so
 * every change of the address made meanwhile carries it along, marked by `withSearchText`. Only navigations from
 * elsewhere (Back, a link) overwrite it, together with what was about to be written.
 *
 * @param written what the address says
 * @param write puts what was typed into the address
 */
export function useSearchText(written: string, write: (text: string) => void) {
  const { key, state } = useLocation()
  const navigationType = useNavigationType()
  const [text, setText] = useState(written)
  const [seenKey, setSeenKey] = useState(key)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // By the time of writing, the rest of the address may be another.
  const latest = useRef({ write, key })
  const isFromElsewhere = navigationType === NavigationType.Pop || !holdsSearchText(state)

  if (key !== seenKey) {
    setSeenKey(key)
    if (isFromElsewhere) setText(written)
  }

  useEffect(() => {
    latest.current = { write, key }
  })
  useEffect(() => {
    if (isFromElsewhere) clearTimeout(timer.current)
  }, [key, isFromElsewhere])
  useEffect(() => () => clearTimeout(timer.current), [])

  return {
    text,
    type: (typed: string) => {
      setText(typed)
      clearTimeout(timer.current)
      const writeWhenDrawn = () => {
        // On the way to an address that isn't drawn yet: writing now would lead back from there.
        const isOnTheWay = ![undefined, latest.current.key].includes(window.history.state?.key)
        if (isOnTheWay) timer.current = setTimeout(writeWhenDrawn, typingMs)
        else latest.current.write(typed)
      }
      timer.current = setTimeout(writeWhenDrawn, typingMs)
    },
    /** Sets it together with a change of the address. */
    set: setText,
    /** For whoever writes it along with something else. */
    cancelWrite: () => clearTimeout(timer.current),
  }
}
