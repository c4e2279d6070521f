/** A file of the bundle that is looked at, and a line in it where one is meant. */
export type FilePlace = { path: string; line: number | null }

/** The place that an address names. */
export function readPlace(params: URLSearchParams): FilePlace {
  const line = Number(params.get('line') ?? 0)
  return { path: params.get('path') ?? '', line: Number.isInteger(line) && line > 0 ? line : null }
}

/** The same address with a place in the files shown. */
export function withPlace(params: URLSearchParams, path: string, line: number | null): string {
  const next = new URLSearchParams(params)
  next.set('tab', 'files')
  next.set('path', path)
  if (line === null) next.delete('line')
  else next.set('line', String(line))
  return `?${next}`
}

/** Without a place: another bundle has other files. */
export function withoutPlace(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('path')
  next.delete('line')
  return next
}
