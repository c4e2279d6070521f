import type { TagListFilter } from '../../api/tags.ts'
import { type TagKind, tagKindNames } from '../../rules/tags.ts'

export const tagSorts = [
  'name',
  '-name',
  'title',
  '-title',
  'kind',
  '-kind',
  'apps',
  '-apps',
] as const satisfies readonly NonNullable<TagListFilter['orderBy']>[]
export type TagSort = (typeof tagSorts)[number]

/** What the address of the tags says. */
export type TagsParams = {
  q: string
  kind: TagKind | null
  sort: TagSort
  /** The tag that is edited, or `new`. */
  edit: string | null
}

/** As long as the contract lets a search be, and an id. */
export const maxSearchLength = 200
const maxIdLength = 63

/** Whatever is in an address becomes something that can be asked for. */
export function parseTagsParams(search: URLSearchParams): TagsParams {
  const edit = search.get('edit') ?? ''
  return {
    q: (search.get('q') ?? '').trim().slice(0, maxSearchLength).trim(),
    kind: tagKindNames.find((kind) => kind === search.get('kind')) ?? null,
    sort: tagSorts.find((sort) => sort === search.get('sort')) ?? 'title',
    edit: edit === '' || edit.length > maxIdLength ? null : edit,
  }
}

/** The shortest address that says it: what is the default is left out. */
export function formatTagsParams({ q, kind, sort, edit }: TagsParams): URLSearchParams {
  const search = new URLSearchParams()
  if (q !== '') search.set('q', q)
  if (kind !== null) search.set('kind', kind)
  if (sort !== 'title') search.set('sort', sort)
  if (edit !== null) search.set('edit', edit)
  return search
}

export function filterOf({ q, kind, sort }: TagsParams): TagListFilter {
  return {
    orderBy: sort,
    ...(q === '' ? {} : { q }),
    ...(kind === null ? {} : { kind: [kind] }),
  }
}
