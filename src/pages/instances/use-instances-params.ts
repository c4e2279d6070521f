import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { withinPage } from '../../ui/within-page.ts'
import {
  formatInstancesParams,
  type InstancesParams,
  noFilters,
  parseInstancesParams,
} from './instances-params.ts'

const debounceMs = 150

/** The address is the only store; what is typed runs ahead of it by the debounce. */
export function useInstancesParams() {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const params = parseInstancesParams(new URLSearchParams(search))
  const [typed, setTyped] = useState({ q: params.q, search })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // A navigation from elsewhere (Back, a link) says what is in the box; our own carry it along.
  if (typed.search !== search) setTyped({ q: params.q, search })

  useEffect(() => () => clearTimeout(timer.current), [])

  const current = { ...params, q: typed.q }

  function go(change: Partial<InstancesParams>) {
    clearTimeout(timer.current)
    const next = { ...current, ...change }
    const address = formatInstancesParams(next)
    setTyped({ q: next.q, search: address === '?' ? '' : address })
    void navigate(
      { pathname, search: address },
      { replace: true, preventScrollReset: true, state: withinPage },
    )
  }

  return {
    params: current,
    type: (q: string) => {
      setTyped({ q, search })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => go({ q }), debounceMs)
    },
    change: go,
    clear: () => go(noFilters),
    /** Where the same is shown with these changes, for links. */
    queryWith: (change: Partial<InstancesParams>) =>
      formatInstancesParams({ ...params, ...change }),
  }
}
