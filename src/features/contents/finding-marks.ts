import type { Finding, Severity } from '../../bundle/finding.ts'
import { showName } from '../../bundle/zip/entry-name.ts'
import { foldersAbove } from './bundle-reader.ts'

export const severityWords: Record<Severity, string> = {
  error: 'Error',
  warning: 'Warning',
  advice: 'Advice',
}

const worse: Record<Severity, number> = { error: 2, warning: 1, advice: 0 }

export type FindingMarks = {
  /** The worst finding at a path, or below it. */
  worstAt(path: string): Severity | null
  /** Those about this file or folder itself. */
  of(path: string): readonly Finding[]
}

/** Findings by the entries they are about. A finding names its path as it is shown, which may be clipped. */
export function findingMarks(findings: readonly Finding[]): FindingMarks {
  const worst = new Map<string, Severity>()
  const own = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.path === undefined) continue
    own.set(finding.path, [...(own.get(finding.path) ?? []), finding])
    for (const path of [...foldersAbove(finding.path), finding.path]) {
      const before = worst.get(path)
      if (before === undefined || worse[finding.severity] > worse[before]) {
        worst.set(path, finding.severity)
      }
    }
  }
  return {
    worstAt: (path) => worst.get(showName(path)) ?? null,
    of: (path) => own.get(showName(path)) ?? [],
  }
}
