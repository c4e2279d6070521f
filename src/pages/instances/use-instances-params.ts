import { useLocation, useNavigate } from 'react-router'
import { useSearchText, withSearchText } from '../../ui/use-search-text.ts'
import { withinPage } from '../../ui/within-page.ts'
import {
  formatInstancesParams,
  type InstancesParams,
  noFilters,
  parseInstancesParams,
} from './instances-params.ts'

/** The address is the only store; what is in the search box runs ahead of it. */
export function useInstancesParams() {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const params = parseInstancesParams(new URLSearchParams(search))
  const box = useSearchText(params.q, (q) => go({ q }, false))
  const current = { ...params, q: box.text }

  function go(change: Partial<InstancesParams>, flushSync: boolean) {
    box.cancelWrite()
    void navigate(
      { pathname, search: formatInstancesParams({ ...current, ...change }) },
      {
        replace: true,
        preventScrollReset: true,
        state: { ...withinPage, ...withSearchText },
        // In a transition, what was just chosen would show itself as it was once more.
        flushSync,
      },
    )
  }

  return {
    params: current,
    type: box.type,
    change: (change: Partial<Omit<InstancesParams, 'q'>>) => go(change, true),
    clear: () => {
      box.set('')
      go(noFilters, true)
    },
    /** Where the same is shown with these changes, for links. */
    queryWith: (change: Partial<InstancesParams>) =>
      formatInstancesParams({ ...current, ...change }),
  }
}
