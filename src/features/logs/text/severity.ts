/** 0: none is named. */
export type Severity = 0 | 1 | 2 | 3 | 4

export const severity = { none: 0, debug: 1, info: 2, warning: 3, error: 4 } as const

export const severityWords = ['', 'Debug', 'Info', 'Warning', 'Error'] as const

const byWord: Readonly<Record<string, Severity>> = {
  trace: 1,
  debug: 1,
  success: 2,
  info: 2,
  notice: 2,
  warn: 3,
  warning: 3,
  err: 4,
  error: 4,
  severe: 4,
  critical: 4,
  fatal: 4,
  alert: 4,
  emerg: 4,
  panic: 4,
}

const words = Object.keys(byWord).join('|')
/** In capitals, as Python's logging, loguru, uvicorn, gunicorn and Java write it, near the beginning. */
const capitals = new RegExp(
  String.raw`^.{0,100}?(?:^|[\s[|:(<"'=-])(${words.toUpperCase()})(?=$|[\s\]|:)>"',-])`,
)
/** `error: …`, `[warn] …`; in any letters only at the very beginning. */
const first = new RegExp(String.raw`^\s*\[?(${words})(?:\]|:(?=\s|$))`, 'i')
const logfmt = new RegExp(String.raw`\b(?:level|lvl|severity)=["']?(${words})\b`, 'i')
const inJson =
  /"(?:level|levelname|severity|lvl|log\.level|loglevel|log_level)"\s*:\s*(?:"(\w+)"|(\d+))/i
const glog = /^([IWEF])\d{4} \d\d:\d\d:\d\d/
const access = /"[A-Z]+ \S+ HTTP\/[\d.]+"\s+(\d)\d\d\b/
/** The last line of a traceback, or of `warnings.warn`. */
const python = /^(?:[^\s:]+:\d+: )?[\w.]*(Error|Exception|Warning|Interrupt|Exit)\b(?::|$)/

/** How bad a line says it is, by the formats that Python, its servers and JSON loggers write. */
export function severityOf(text: string, isJson: boolean): Severity {
  if (isJson) {
    const match = inJson.exec(text.slice(0, 4096))
    if (match?.[1] !== undefined) return byWord[match[1].toLowerCase()] ?? 0
    return match?.[2] === undefined ? 0 : byNumber(Number(match[2]))
  }
  const head = text.length > 400 ? text.slice(0, 400) : text
  const word = capitals.exec(head)?.[1] ?? first.exec(head)?.[1] ?? logfmt.exec(head)?.[1]
  if (word !== undefined) return byWord[word.toLowerCase()] ?? 0
  const letter = glog.exec(head)?.[1]
  if (letter !== undefined) return letter === 'I' ? 2 : letter === 'W' ? 3 : 4
  const status = access.exec(head)?.[1]
  if (status !== undefined) return status === '5' ? 4 : status === '4' ? 3 : 0
  const kind = python.exec(head)?.[1]
  return kind === undefined ? 0 : kind === 'Warning' ? 3 : 4
}

/** bunyan and pino: 10 to 60; Python: 10 to 50. */
function byNumber(level: number): Severity {
  if (level < 10 || level > 60) return 0
  return level < 30 ? (level === 20 ? 2 : 1) : level < 40 ? 2 : level < 50 ? 3 : 4
}
