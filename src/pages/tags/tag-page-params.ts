import { maxSearchLength } from './tags-params.ts'

/** What the address of a tag’s own page says. */
export type TagPageParams = {
  /** Finds among the versions that carry it. */
  q: string
  /** The form is open. */
  edit: boolean
  /** The choice of apps to put it on is open. */
  assign: boolean
}

export function parseTagPageParams(search: URLSearchParams): TagPageParams {
  return {
    q: (search.get('q') ?? '').trim().slice(0, maxSearchLength).trim(),
    edit: search.get('edit') === 'true',
    assign: search.get('assign') === 'true',
  }
}

export function formatTagPageParams({ q, edit, assign }: TagPageParams): URLSearchParams {
  const search = new URLSearchParams()
  if (q !== '') search.set('q', q)
  if (edit) search.set('edit', 'true')
  if (assign) search.set('assign', 'true')
  return search
}
