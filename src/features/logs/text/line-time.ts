export type LineTime = {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Where it stands in the line. */
  readonly from: number
  readonly to: number
  /** Without a zone it is taken for the reader's own time. */
  readonly hasZone: boolean
}

/**
 * How much at a line's beginning a column of times makes superfluous: its time, with the brackets around it and the
 * blanks after it. 0: it begins with something else.
 */
export function leadingStamp(text: string, time: LineTime | null): number {
  if (time === null || time.from > 1) return 0
  const isEnclosed = time.from === 1
  if (isEnclosed && (text[0] !== '[' || text[time.to] !== ']')) return 0
  let end = time.to + (isEnclosed ? 1 : 0)
  while (text[end] === ' ') end += 1
  return end
}

const zone = String.raw`(?:\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\d\w]))?`
const clock = String.raw`(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?`
const iso = new RegExp(String.raw`(?<!\d)(\d{4})[-/](\d\d)[-/](\d\d)[T ]${clock}${zone}`)
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const access = new RegExp(
  String.raw`(?<!\d)(\d{1,2})/(${months.join('|')})/(\d{4})[: ]${clock}${zone}`,
)
const inJson =
  /"(?:@?timestamp|time|ts|asctime|datetime|date)"\s*:\s*(?:"([^"]{8,40})"|(\d{9,13}(?:\.\d{1,9})?)(?=[\s,}]))/

/** The time that a line gives itself near its beginning, in the formats of ISO 8601, access logs and JSON loggers. */
export function timeOf(text: string, isJson: boolean): LineTime | null {
  if (isJson) {
    const match = inJson.exec(text.slice(0, 4096))
    if (match === null) return null
    if (match[1] !== undefined) return inText(match[1], match.index + match[0].indexOf(match[1]))
    const number = Number(match[2])
    const at = number > 1e11 ? number : number * 1000
    return { at, from: match.index, to: match.index + match[0].length, hasZone: true }
  }
  return inText(text.length > 96 ? text.slice(0, 96) : text, 0)
}

function inText(text: string, offset: number): LineTime | null {
  const one = iso.exec(text)
  if (one !== null) {
    const [all, year, month, day, ...rest] = one
    return made(all, offset + one.index, [Number(year), Number(month) - 1, Number(day)], rest)
  }
  const two = access.exec(text)
  if (two === null) return null
  const [all, day, month, year, ...rest] = two
  const index = months.indexOf(month ?? '')
  return made(all, offset + two.index, [Number(year), index, Number(day)], rest)
}

function made(
  all: string,
  from: number,
  [year, month, day]: [number, number, number],
  [hour, minute, second, fraction, zoneText]: readonly (string | undefined)[],
): LineTime | null {
  const parts = [year, month, day, Number(hour), Number(minute), Number(second)] as const
  if (month > 11 || month < 0 || day < 1 || day > 31 || parts[3] > 24 || parts[4] > 59) return null
  const milliseconds = Number(`0.${fraction ?? 0}`) * 1000
  const whole =
    zoneText === undefined
      ? new Date(...parts).getTime()
      : Date.UTC(...parts) - offsetOf(zoneText) * 60_000
  const at = whole + milliseconds
  if (Number.isNaN(at)) return null
  return { at, from, to: from + all.length, hasZone: zoneText !== undefined }
}

/** Minutes east of UTC. */
function offsetOf(text: string): number {
  if (!/^[+-]/.test(text)) return 0
  const digits = text.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return text.startsWith('-') ? -minutes : minutes
}
