import { useSearchParams } from 'react-router'
import { useSearchText, withSearchText } from '../../ui/use-search-text.ts'
import {
  type CatalogParams,
  formatCatalogParams,
  noFilters,
  parseCatalogParams,
} from './catalog-params.ts'

/** The address is the only store; what is in the search box runs ahead of it. */
export function useCatalogParams() {
  const [search, setSearch] = useSearchParams()
  const { params, misread } = parseCatalogParams(search)
  const box = useSearchText(params.q, (typed) => go({ q: typed.trim() }, true))
  const current = { ...params, q: box.text.trim() }

  function go(next: Partial<CatalogParams>, replace: boolean) {
    box.cancelWrite()
    setSearch(formatCatalogParams({ ...current, ...next }), {
      replace,
      state: withSearchText,
      preventScrollReset: true,
      // In a transition, a box just checked would show itself unchecked once more.
      flushSync: !replace,
    })
  }

  return {
    /** What to ask for and show: the address, with what was typed since. */
    params: current,
    /** What of the address means nothing. */
    misread,
    text: box.text,
    type: box.type,
    change: (next: Partial<Omit<CatalogParams, 'q'>>) => go(next, false),
    clearSearch: () => {
      box.set('')
      go({ q: '' }, false)
    },
    clearFilters: () => go(noFilters, false),
    clearAll: () => {
      box.set('')
      go({ q: '', ...noFilters }, false)
    },
    /** The address without what it says in vain. */
    tidy: () => go({}, true),
    /** Where the same would be asked for with these changes, for links. */
    addressOf: (next: Partial<CatalogParams>) => ({
      search: `?${formatCatalogParams({ ...current, ...next })}`,
    }),
  }
}
