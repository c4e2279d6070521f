import { readable } from './ansi.ts'

/** Whether a line looks like one JSON object; cheap, and not yet a promise. */
export function looksLikeJson(text: string): boolean {
  return text.charCodeAt(0) === 0x7b && text.length > 2 && text.endsWith('}') && text[1] !== '}'
}

const messageKeys = ['message', 'msg', 'event', 'text']
const levelKeys = ['level', 'levelname', 'severity', 'lvl', 'log.level', 'loglevel', 'log_level']
const timeKeys = ['timestamp', '@timestamp', 'time', 'ts', 'asctime', 'datetime', 'date']

const maxSummary = 2000
const maxValue = 300

/** The object in a line; null where it is none after all. */
function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export type Summary = {
  readonly text: string
  /** Where the names and values after the message begin. */
  readonly restAt: number
}

/** A JSON line as one would say it: its message, then the rest as `name=value`. The time stands beside it anyway. */
export function summarize(text: string): Summary | null {
  const object = objectIn(text)
  if (object === null) return null
  const keyed = (keys: readonly string[]) => keys.find((key) => object[key] !== undefined)
  const messageKey = messageKeys.find((key) => typeof object[key] === 'string')
  const levelKey = keyed(levelKeys)
  const timeKey = keyed(timeKeys)
  const head = [levelKey, messageKey]
    .map((key) => (key === undefined ? '' : shown(object[key], maxSummary)))
    .filter((part) => part !== '')
    .join('  ')
  const rest = Object.entries(object)
    .filter(([key]) => key !== messageKey && key !== levelKey && key !== timeKey)
    .map(([key, value]) => `${readable(key)}=${shown(value, maxValue)}`)
    .join(' ')
  const between = head !== '' && rest !== '' ? '  ' : ''
  const whole = `${head}${between}${rest}`
  return {
    text: whole.length > maxSummary ? `${whole.slice(0, maxSummary)}…` : whole,
    restAt: Math.min(head.length + between.length, maxSummary),
  }
}

/** The object over several lines; null where it is none. */
export function unfolded(text: string): string[] | null {
  const object = objectIn(text)
  return object === null ? null : JSON.stringify(object, null, 2).split('\n').map(readable)
}

function shown(value: unknown, most: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const line = readable(text.replaceAll(/\r?\n/g, ' ↵ '))
  return line.length > most ? `${line.slice(0, most)}…` : line
}
