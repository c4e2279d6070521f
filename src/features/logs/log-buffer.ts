/** Lines of a log, whole blocks of which keep their identity, so that what didn't change isn't drawn again. */
export type LogBuffer = {
  readonly blocks: readonly LogBlock[]
  /** Lines that were let go to bound the memory. */
  readonly dropped: number
  /** Lines kept. */
  readonly count: number
  /** What came after the last line break: the beginning of a line. */
  readonly rest: string
}

export type LogBlock = { readonly key: number; readonly lines: readonly string[] }

export const emptyLog: LogBuffer = { blocks: [], dropped: 0, count: 0, rest: '' }

export const maxLines = 5000
const blockLines = 200
const maxLineLength = 8000

/** Adds text as it came: chunks may end anywhere. At most about `max` lines are kept, the newest. */
export function appendLog(buffer: LogBuffer, text: string, max: number = maxLines): LogBuffer {
  const lines = (buffer.rest + text).split('\n')
  const rest = lines.pop() ?? ''
  const blocks = [...buffer.blocks]
  let key = (blocks.at(-1)?.key ?? -1) + 1
  for (let at = 0; at < lines.length;) {
    const last = blocks.at(-1)
    const open = last !== undefined && last.lines.length < blockLines ? last : undefined
    const room = blockLines - (open?.lines.length ?? 0)
    const more = lines.slice(at, at + room).map(readable)
    at += more.length
    if (open === undefined) {
      blocks.push({ key, lines: more })
      key += 1
    } else {
      blocks[blocks.length - 1] = { key: open.key, lines: [...open.lines, ...more] }
    }
  }
  let { dropped } = buffer
  let count = buffer.count + lines.length
  // Whole blocks go, so the limit is kept to within one of them.
  for (let first = blocks[0]; first && count - first.lines.length >= max; first = blocks[0]) {
    blocks.shift()
    count -= first.lines.length
    dropped += first.lines.length
  }
  // A line without an end must not grow for ever either.
  return { blocks, dropped, count, rest: rest.slice(0, maxLineLength * 2) }
}

/**
 * What of a text is new, where it ends at byte `end` of the log and `position` bytes were read before. Browsers say on
 * reconnecting how far they are, but what stands between them and the platform may swallow it.
 */
export function unseenPart(text: string, end: number, position: number): string {
  if (Number.isNaN(end)) return text
  if (end <= position) return ''
  const bytes = new TextEncoder().encode(text)
  const seen = position - (end - bytes.length)
  return seen <= 0 ? text : new TextDecoder().decode(bytes.subarray(seen))
}

/** The lines as they are shown, the unfinished one included. */
export function logText({ blocks, rest }: LogBuffer): string {
  const lines = blocks.flatMap((block) => block.lines)
  return [...lines, readable(rest)].join('\n')
}

// Escape sequences, and what a terminal would not show.
const unshown =
  // oxlint-disable-next-line no-control-regex
  /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[\u0000-\u0008\u000b-\u001f\u007f]/g

/** Without colours and control characters, and not longer than anybody reads. */
export function readable(line: string): string {
  const cut =
    line.length > maxLineLength ? `${line.slice(0, maxLineLength)} … (line cut here)` : line
  return cut.replace(unshown, '')
}

export type Level = 'error' | 'warning' | 'info'

const levelWord = /^.{0,48}?\b(ERROR|CRITICAL|FATAL|WARN(?:ING)?|INFO)\b/

/** Where a line names its level, so that it can be marked. */
export function levelIn(line: string): { level: Level; start: number; end: number } | null {
  const match = levelWord.exec(line)
  const word = match?.[1]
  if (match === null || word === undefined) return null
  const end = match[0].length
  const level = word === 'INFO' ? 'info' : word.startsWith('WARN') ? 'warning' : 'error'
  return { level, start: end - word.length, end }
}
