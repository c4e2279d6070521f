/** Something measured through the gateway and beside it. */
export type Row = {
  readonly what: string
  readonly direct: string
  readonly gateway: string
  readonly result: string
  readonly target: string
}

/** Lines of a Markdown table; all but the first column are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, n) => (n === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}
