import { compareText, type Finding } from '../finding.ts'
import { inspectBundle, type Inspection, type InspectOptions } from '../inspect.ts'
import type { Archive } from '../zip/archive.ts'
import { ChangeError, type Fix } from './fix.ts'
import { applyChanges } from './parts.ts'
import { proposeFix } from './propose-fix.ts'
import { rewriteArchive } from './rewrite-archive.ts'

/**
 * The bundle with a fix applied. `inspection` is of this blob and the one that the fix was proposed
 * for. Rejects with a ChangeError where the fix doesn't fit, with an ArchiveError where a file that
 * it changes is damaged. The blob is read by slices: its size costs neither time nor memory.
 */
export async function applyFix(blob: Blob, inspection: Inspection, fix: Fix): Promise<Blob> {
  const archive = openedArchive(inspection)
  return rewriteArchive(blob, archive, await applyChanges(archive, fix.changes))
}

/** The archive of an inspection. Throws a ChangeError where it was refused. */
function openedArchive({ archive }: Inspection): Archive {
  if (archive === null) throw new ChangeError('The archive is refused, so it can’t be changed.')
  return archive
}

export type FixedBundle = {
  blob: Blob
  /** Of the blob as it is now. */
  inspection: Inspection
  applied: Fix[]
  /** Findings that are still there, as no fix for them is known. */
  left: Finding[]
}

/**
 * Resolves several findings one after the other, each in the bundle that the fix before it left.
 * Findings that another fix resolved along with its own are neither applied nor left. Rejects when
 * the blob can't be read.
 */
export async function applyFixes(
  blob: Blob,
  inspection: Inspection,
  findings: readonly Finding[],
  options: InspectOptions = {},
): Promise<FixedBundle> {
  const result: FixedBundle = { blob, inspection, applied: [], left: [] }
  for (const wanted of findings.toSorted(rootFirst)) {
    const finding = refind(result.inspection.findings, wanted)
    if (finding === undefined) continue
    const fix = await proposeFix(result.inspection, finding, options)
    if (fix === null) {
      result.left.push(finding)
      continue
    }
    result.blob = await applyFix(result.blob, result.inspection, fix)
    result.inspection = await inspectBundle(result.blob, { ...options, thorough: false })
    result.applied.push(fix)
  }
  return result
}

// What hides the app.toml goes first.
function rootFirst(a: Finding, b: Finding): number {
  const rank = ({ code }: Finding) =>
    code === 'archive.nested-root' || code === 'manifest.missing' ? 0 : 1
  return rank(a) - rank(b) || compareText(a.code, b.code)
}

// Other fixes move lines and change counts; code, path and mostly the words stay.
function refind(findings: readonly Finding[], wanted: Finding): Finding | undefined {
  const alike = findings.filter(({ code, path }) => code === wanted.code && path === wanted.path)
  return (
    alike.find(({ message, line }) => message === wanted.message && line === wanted.line) ??
    alike.find(({ message }) => message === wanted.message)
  )
}
