export type Sort = 'title' | 'newest'

/** What the catalog's address says. */
export type CatalogParams = { q: string; category: string | null; sort: Sort }

/** As long as the contract lets a search be. */
export const maxSearchLength = 200

/** Whatever is in an address becomes something that can be asked for. */
export function parseCatalogParams(search: URLSearchParams): CatalogParams {
  const category = search.get('category')
  return {
    q: (search.get('q') ?? '').trim().slice(0, maxSearchLength),
    category: category === null || category === '' ? null : category.slice(0, 63),
    sort: search.get('sort') === 'newest' ? 'newest' : 'title',
  }
}

/** The shortest address that says it: what is the default is left out. */
export function formatCatalogParams({ q, category, sort }: CatalogParams): URLSearchParams {
  const search = new URLSearchParams()
  if (q !== '') search.set('q', q)
  if (category !== null) search.set('category', category)
  if (sort !== 'title') search.set('sort', sort)
  return search
}
