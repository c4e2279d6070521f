import { Problem } from './problem.ts'

/**
 * Page tokens hold the sort values of the last row shown, so that a page goes on in the right place whatever was
 * added or removed meanwhile.
 */
export function encodePageToken(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** @throws {Problem} 400 for a token that this list never gave out */
export function decodePageToken(token: string | undefined, length: number): string[] | undefined {
  if (token === undefined) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (
      Array.isArray(values) &&
      values.length === length &&
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
