import type { Finding } from '../../bundle/finding.ts'

type Findings = readonly Pick<Finding, 'code'>[]

/** Whether the manifest's Name can be a name at all: no other can be looked up. */
export function hasValidName(findings: Findings): boolean {
  return !findings.some(({ code }) => /^manifest\.name-(invalid|missing)$/.test(code))
}

/** Whether its Version, alone and after the name, can be one. */
export function hasValidVersion(findings: Findings): boolean {
  return !findings.some(({ code }) => /^manifest\.(version-|name-version-)/.test(code))
}
