import type { Finding } from '../../src/bundle/finding.ts'

// What steers a terminal or turns the reading direction around.
const CONTROL =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/

/** Longest texts that still can be shown as they are. A path may be as long as an archive allows. */
const LONGEST = { message: 500, fix: 500, path: 1024 }

/** What is wrong with how a finding is written, whatever it says. */
export function faultsOf(finding: Finding): string[] {
  const { code, message, line, column } = finding
  const faults: string[] = []
  if (!/^[a-z]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/.test(code)) faults.push('its code')
  if (!/[.?]$/.test(message)) faults.push(`the end of its message: ${message.slice(-20)}`)
  for (const key of ['message', 'path', 'fix'] as const) {
    const text = finding[key] ?? ''
    if (CONTROL.test(text)) faults.push(`a control character in its ${key}`)
    if (text.length > LONGEST[key]) faults.push(`a ${key} of ${text.length} characters`)
  }
  for (const number of [line, column]) {
    if (number !== undefined && !(Number.isInteger(number) && number >= 1)) {
      faults.push(`line ${line}, column ${column}`)
    }
  }
  return faults.map((fault) => `${code}: ${fault}`)
}
