import { useSearchParams } from 'react-router'
import { useSearchText, withSearchText } from '../../ui/use-search-text.ts'
import { withinPage } from '../../ui/within-page.ts'
import { formatTagsParams, parseTagsParams, type TagsParams } from './tags-params.ts'

/** The address is the only store; what is in the search box runs ahead of it. */
export function useTagsParams() {
  const [search, setSearch] = useSearchParams()
  const params = parseTagsParams(search)
  const box = useSearchText(params.q, (typed) => go({ q: typed.trim() }, true))

  function go(next: Partial<TagsParams>, replace: boolean) {
    box.cancelWrite()
    setSearch(formatTagsParams({ ...params, q: box.text.trim(), ...next }), {
      replace,
      state: { ...withinPage, ...withSearchText },
      preventScrollReset: true,
    })
  }

  return {
    params,
    text: box.text,
    type: box.type,
    change: (next: Partial<Omit<TagsParams, 'q'>>) => go(next, false),
    clear: () => {
      box.set('')
      go({ q: '', kind: null }, false)
    },
  }
}
