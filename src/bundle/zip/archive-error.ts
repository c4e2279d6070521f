import type { Finding } from '../finding.ts'

/** The archive, or one entry of it, can't be read; the finding says why and where. */
export class ArchiveError extends Error {
  readonly finding: Finding

  constructor(finding: Finding) {
    super(finding.message)
    this.name = 'ArchiveError'
    this.finding = finding
  }
}
