import { Problem } from './problem.ts'

/**
 * Page tokens hold the sort values of the last row shown, so that a page goes on in the right place whatever was
 * added or removed meanwhile.
 */
export function encodePageToken(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/**
 * @param length of the sort values, where it is known
 * @throws {Problem} 400 for a token that this list never gave out
 */
export function decodePageToken(token: string | undefined, length?: number): string[] | undefined {
  if (token === undefined) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (
      Array.isArray(values) &&
      (length === undefined || values.length === length) &&
      values.every((value) => typeof value === 'string')
    ) {
      return values
    }
  } catch {
    // Falls through to the same answer.
  }
  throw new Problem(
    400,
    'request.invalid-page-token',
    'This page token is not of this list. Start again without it.',
  )
}

/**
 * A page of a list that is in memory.
 *
 * @param keyOf the sort values, as many for every row; two rows never have all the same
 * @param sign -1 turns the order by the first value around
 * @throws {Problem} 400 for a token that this list never gave out
 */
export function pageOfSorted<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly [string, ...string[]],
  query: { readonly pageSize: number; readonly pageToken?: string | undefined },
  sign: 1 | -1 = 1,
): { rows: readonly Row[]; nextPageToken: string | null } {
  const compare = (a: readonly string[], b: readonly string[]) => {
    const at = a.findIndex((value, index) => value !== b[index])
    const order = (a[at] ?? '') < (b[at] ?? '') ? -1 : 1
    return at < 0 ? 0 : at === 0 ? sign * order : order
  }
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }))
  const sorted = keyed.toSorted((a, b) => compare(a.key, b.key))
  const after = decodePageToken(query.pageToken, keyed[0]?.key.length)
  const rest = after ? sorted.filter(({ key }) => compare(key, after) > 0) : sorted
  const page = pageOf(rest.slice(0, query.pageSize + 1), query.pageSize, ({ key }) => key)
  return { ...page, rows: page.rows.map(({ row }) => row) }
}

/** Cuts the one row too many that was read, and makes the next page's token from the last that is kept. */
export function pageOf<Row>(
  rows: readonly Row[],
  pageSize: number,
  keyOf: (row: Row) => readonly string[],
): { rows: readonly Row[]; nextPageToken: string | null } {
  const kept = rows.slice(0, pageSize)
  const last = kept.at(-1)
  const more = rows.length > pageSize && last !== undefined
  return { rows: kept, nextPageToken: more ? encodePageToken(keyOf(last)) : null }
}
