import { useEffect, useRef, useState } from 'react'
import { NavigationType, useLocation, useNavigate, useNavigationType } from 'react-router'
import { withinPage } from '../../ui/within-page.ts'
import {
  formatInstancesParams,
  type InstancesParams,
  noFilters,
  parseInstancesParams,
} from './instances-params.ts'

const debounceMs = 150

/** Marks the navigations made here: they already hold what is in the search box. */
const own = { ...withinPage, fromInstances: true }

function isOwn(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'fromInstances' in state
}

/**
 * The address is the only store. What is in the search box runs ahead of it by the debounce, so every change made here
 * carries it along, and only navigations from elsewhere (Back, a link) may overwrite it.
 */
export function useInstancesParams() {
  const { pathname, search, key, state } = useLocation()
  const navigate = useNavigate()
  const navigationType = useNavigationType()
  const params = parseInstancesParams(new URLSearchParams(search))
  const [text, setText] = useState(params.q)
  const [seenKey, setSeenKey] = useState(key)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  if (key !== seenKey) {
    setSeenKey(key)
    if (navigationType === NavigationType.Pop || !isOwn(state)) setText(params.q)
  }

  useEffect(() => () => clearTimeout(timer.current), [])

  const current = { ...params, q: text }

  function go(change: Partial<InstancesParams>, flushSync: boolean) {
    clearTimeout(timer.current)
    void navigate(
      { pathname, search: formatInstancesParams({ ...current, ...change }) },
      // In a transition, what was just chosen would show itself as it was once more.
      { replace: true, preventScrollReset: true, state: own, flushSync },
    )
  }

  return {
    params: current,
    type: (q: string) => {
      setText(q)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => go({ q }, false), debounceMs)
    },
    change: (change: Partial<Omit<InstancesParams, 'q'>>) => go(change, true),
    clear: () => {
      setText('')
      go(noFilters, true)
    },
    /** Where the same is shown with these changes, for links. */
    queryWith: (change: Partial<InstancesParams>) =>
      formatInstancesParams({ ...current, ...change }),
  }
}
