import { useState } from 'react'

export type Announced = { readonly key: string; readonly words: string }

type Heard = { readonly words: ReadonlyMap<string, string>; readonly said: string }

/**
 * What a polite live region should say: the words of whatever was there before and reads otherwise now. What is new is
 * on the screen anyway; it is heard of when it changes. Give each thing words that change only when somebody cares.
 */
export function useAnnouncement(things: readonly Announced[]): string {
  const [heard, setHeard] = useState<Heard>({ words: new Map(), said: '' })
  const unheard = things.filter(({ key, words }) => heard.words.get(key) !== words)
  if (unheard.length === 0) return heard.said
  const news = unheard.filter(({ key, words }) => heard.words.has(key) && words !== '')
  const said = news.length === 0 ? heard.said : news.map(({ words }) => words).join('. ')
  setHeard({
    words: new Map([...heard.words, ...unheard.map(({ key, words }) => [key, words] as const)]),
    said,
  })
  return said
}
