import { useEffect, useRef, useState } from 'react'
import { NavigationType, useLocation, useNavigationType, useSearchParams } from 'react-router'
import {
  type CatalogParams,
  formatCatalogParams,
  noFilters,
  parseCatalogParams,
} from './catalog-params.ts'

const debounceMs = 120

/** Marks the navigations made here: they already hold what is in the search box. */
const own = { fromCatalog: true }

function isOwn(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'fromCatalog' in state
}

/**
 * The address is the only store. `text` is what is in the search box: it runs ahead of the address by the debounce, so
 * every change made here carries it along, and only navigations from elsewhere (Back, a link) may overwrite it.
 */
export function useCatalogParams() {
  const [search, setSearch] = useSearchParams()
  const { params, misread } = parseCatalogParams(search)
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

  function go(next: Partial<CatalogParams>, replace: boolean) {
    clearTimeout(timer.current)
    const changed = { ...params, q: text.trim(), ...next }
    setSearch(formatCatalogParams(changed), {
      replace,
      state: own,
      preventScrollReset: true,
      // In a transition, a box just checked would show itself unchecked once more.
      flushSync: !replace,
    })
  }

  return {
    /** What to ask for and show: the address, with what was typed since. */
    params: { ...params, q: text.trim() },
    /** What of the address means nothing. */
    misread,
    text,
    type: (typed: string) => {
      setText(typed)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => go({ q: typed.trim() }, true), debounceMs)
    },
    change: (next: Partial<Omit<CatalogParams, 'q'>>) => go(next, false),
    clearSearch: () => {
      setText('')
      go({ q: '' }, false)
    },
    clearFilters: () => go(noFilters, false),
    clearAll: () => {
      setText('')
      go({ q: '', ...noFilters }, false)
    },
    /** The address without what it says in vain. */
    tidy: () => go({}, true),
    /** Where the same would be asked for with these changes, for links. */
    addressOf: (next: Partial<CatalogParams>) => ({
      search: `?${formatCatalogParams({ ...params, q: text.trim(), ...next })}`,
    }),
  }
}
