const UNITS: Record<string, number> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
}

/**
 * Seconds of a duration as the Go platform writes it: numbers with units, `1h30m`, `45s`, `1.5h`.
 * Null when the text is none, and for zero and negative ones.
 */
export function parseDuration(text: string): number | null {
  if (text.length > 64 || !/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) {
    return null
  }
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    seconds += Number(amount) * (UNITS[unit ?? ''] ?? 0)
  }
  return seconds > 0 && Number.isFinite(seconds) ? seconds : null
}
