import { useEffect, useRef, useState } from 'react'
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router'
import { withinPage } from '../../ui/within-page.ts'
import { formatTagsParams, parseTagsParams, type TagsParams } from './tags-params.ts'

const debounceMs = 150

/** Marks the navigations made here: they already hold what is in the search box. */
const own = { ...withinPage, fromTags: true }

function isOwn(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'fromTags' in state
}

/**
 * The address is the only store. `text` is what is in the search box: it runs ahead of the address by the debounce, so
 * every change made here carries it along, and only navigations from elsewhere may overwrite it.
 */
export function useTagsParams() {
  const [search, setSearch] = useSearchParams()
  const params = parseTagsParams(search)
  const { key, state } = useLocation()
  const navigationType = useNavigationType()
  const [text, setText] = useState(params.q)
  const [seenKey, setSeenKey] = useState(key)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  if (key !== seenKey) {
    setSeenKey(key)
    if (navigationType === NavigationType.Pop || !isOwn(state)) setText(params.q)
  }

  useEffect(() => () => clearTimeout(timer.current), [])

  function go(next: Partial<TagsParams>, replace: boolean) {
    clearTimeout(timer.current)
    setSearch(formatTagsParams({ ...params, q: text.trim(), ...next }), {
      replace,
      state: own,
      preventScrollReset: true,
    })
  }

  return {
    params,
    text,
    type: (typed: string) => {
      setText(typed)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => go({ q: typed.trim() }, true), debounceMs)
    },
    change: (next: Partial<Omit<TagsParams, 'q'>>) => go(next, false),
    clear: () => {
      setText('')
      go({ q: '', kind: null }, false)
    },
  }
}
