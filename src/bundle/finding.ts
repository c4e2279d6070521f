import { MAX_FINDINGS_PER_CODE } from './limits.ts'

/** How much a finding matters: an error blocks the import, a warning surprises, advice improves. */
export type Severity = 'error' | 'warning' | 'advice'

/** One thing the inspector noticed. `line` and `column` count from 1; columns are UTF-16 units. */
export type Finding = {
  severity: Severity
  /** Stable and dotted, e.g. `archive.not-zip`. Clients branch on it, never on the message. */
  code: string
  message: string
  path?: string
  line?: number
  column?: number
  /** What to write or do instead. */
  fix?: string
}

export type Verdict = 'ok' | 'warn' | 'error'

/** Where in the bundle a finding belongs. */
export type Place = Pick<Finding, 'path' | 'line' | 'column' | 'fix'>

const RANK: Record<Severity, number> = { error: 0, warning: 1, advice: 2 }

/** A finding that stops the import. */
export function error(code: string, message: string, place: Place = {}): Finding {
  return make('error', code, message, place)
}

/** A finding that lets the bundle in, but will surprise somebody. */
export function warning(code: string, message: string, place: Place = {}): Finding {
  return make('warning', code, message, place)
}

/** A finding about how the app could look or work better. */
export function advice(code: string, message: string, place: Place = {}): Finding {
  return make('advice', code, message, place)
}

// An empty path names no file.
function make(severity: Severity, code: string, message: string, place: Place): Finding {
  const finding: Finding = { severity, code, message, ...place }
  if (finding.path === '') delete finding.path
  return finding
}

/** Errors first, then by path, line, column and code. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] ||
      compareText(a.path ?? '', b.path ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.code, b.code),
  )
}

/** The worst severity among the findings; advice alone is still `ok`. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some((finding) => finding.severity === 'error')) return 'error'
  return findings.some((finding) => finding.severity === 'warning') ? 'warn' : 'ok'
}

/** Code unit order, the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Keeps the first findings of each code, and lets the next one stand for the others: broken bundles
 * repeat themselves for every entry. For all findings together and sorted, as capping a part of them
 * hides how many there are.
 */
export function capFindings(findings: readonly Finding[]): Finding[] {
  const totals = new Map<string, number>()
  for (const { code } of findings) totals.set(code, (totals.get(code) ?? 0) + 1)
  const counts = new Map<string, number>()
  const kept: Finding[] = []
  for (const finding of findings) {
    const count = (counts.get(finding.code) ?? 0) + 1
    counts.set(finding.code, count)
    const others = (totals.get(finding.code) ?? 0) - count
    if (count <= MAX_FINDINGS_PER_CODE) kept.push(finding)
    else if (count === MAX_FINDINGS_PER_CODE + 1) {
      const more = others === 0 ? '' : ` The same is true of ${others} more.`
      kept.push({ ...finding, message: finding.message + more })
    }
  }
  return kept
}
