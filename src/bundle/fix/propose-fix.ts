import { ArchiveError } from '../zip/archive-error.ts'
import type { Archive } from '../zip/archive.ts'
import type { Finding, Severity } from '../finding.ts'
import { inspectArchive, type Inspection, type InspectOptions } from '../inspect.ts'
import { MANIFEST_PATH, type Manifest } from '../manifest/manifest.ts'
import { proposeBundleFix } from './bundle-fixes.ts'
import { ChangeError, type Fix } from './fix.ts'
import { proposeManifestFix } from './manifest-fixes.ts'
import { applyChanges, findPart, partsOf, readText } from './parts.ts'
import { previewArchive } from './preview-archive.ts'
import { TomlDocument } from './toml-document.ts'

/** Beyond this an app.toml gets no fixes: real ones have a few KB, and each fix inspects it again. */
const MAX_CHARACTERS = 64 * 1024

/** What all proposals for one bundle share. */
type Context = {
  archive: Archive
  options: InspectOptions
  document: TomlDocument | null
  /** All findings about the contents, as the inspection's own list is shortened. */
  findings: Finding[]
  manifest: Manifest | null
}

/**
 * The change that resolves a finding, checked by inspecting the bundle as it would be: the finding
 * is gone, and nothing worse is there instead. Null where no such change is known. `options` are
 * those of the inspection. Rejects when the blob can't be read.
 */
export async function proposeFix(
  inspection: Inspection,
  finding: Finding,
  options: InspectOptions = {},
): Promise<Fix | null> {
  const context = await openContext(inspection, options)
  return context && proposeIn(context, finding)
}

/** `proposeFix` for all findings of an inspection; those without a fix are left out. */
export async function proposeFixes(
  inspection: Inspection,
  options: InspectOptions = {},
): Promise<Map<Finding, Fix>> {
  const fixes = new Map<Finding, Fix>()
  const context = await openContext(inspection, options)
  if (context === null) return fixes
  for (const finding of inspection.findings) {
    const fix = await proposeIn(context, finding)
    if (fix !== null) fixes.set(finding, fix)
  }
  return fixes
}

/** Whether a fix leaves the bundle no worse, and with this version; for changes without a finding. */
export async function givesVersion(
  inspection: Inspection,
  fix: Fix,
  version: string,
  options: InspectOptions,
): Promise<boolean> {
  const context = await openContext(inspection, options)
  const after = context && (await preview(context, fix))
  if (!context || !after) return false
  return after.manifest?.version === version && isNoWorse(context, after)
}

async function openContext(
  { archive }: Inspection,
  options: InspectOptions,
): Promise<Context | null> {
  if (archive === null) return null
  // A thorough look reads everything, and tells nothing more about what a fix changes.
  const quick = { ...options, thorough: false }
  const { findings, manifest } = await inspectArchive(archive, quick)
  return { archive, options: quick, document: await openManifest(archive), findings, manifest }
}

async function openManifest(archive: Archive): Promise<TomlDocument | null> {
  const text = await unlessUnfit(() => readText(archive, findPart(partsOf(archive), MANIFEST_PATH)))
  return text === null || text.length > MAX_CHARACTERS ? null : TomlDocument.open(text)
}

async function proposeIn(context: Context, finding: Finding): Promise<Fix | null> {
  const fix = await candidate(context, finding)
  if (fix === null) return null
  // Rewriting marks every name: there is nothing to check.
  if (finding.code === 'archive.name-not-utf8') return fix
  const after = await preview(context, fix)
  if (after === null) return null
  if (isResolved(context, finding, after)) return fix
  // `Version = 1.0` needs its quotes, and then a third number.
  const next = after.findings.find((other) => takesPlaceOf(other, finding))
  if (finding.path !== MANIFEST_PATH || next?.fix === undefined) return null
  const further = await candidate(context, { ...finding, fix: next.fix })
  const end = further && (await preview(context, further))
  return end && isResolved(context, finding, end) ? further : null
}

async function candidate(context: Context, finding: Finding): Promise<Fix | null> {
  const { archive, document } = context
  const fix = await unlessUnfit(() => proposeBundleFix(archive, finding))
  if (fix !== null || finding.path !== MANIFEST_PATH || document === null) return fix
  return proposeManifestFix(document, finding)
}

async function preview(context: Context, fix: Fix): Promise<Inspection | null> {
  return unlessUnfit(async () => {
    const parts = await applyChanges(context.archive, fix.changes)
    return inspectArchive(previewArchive(context.archive, parts), context.options)
  })
}

/** Before these, nobody could look into the app.toml; what comes to light is no fault of the fix. */
const BLINDING = new Set(['archive.nested-root', 'manifest.missing'])

function isResolved(context: Context, finding: Finding, after: Inspection): boolean {
  const grows = (code: string) => countOf(after.findings, code) > countOf(context.findings, code)
  if (countOf(after.findings, finding.code) >= countOf(context.findings, finding.code)) return false
  if (BLINDING.has(finding.code)) return true
  const isReplaced = after.findings.some(
    (other) => takesPlaceOf(other, finding) && grows(other.code),
  )
  return !isReplaced && isNoWorse(context, after)
}

function countOf(findings: readonly Finding[], code: string): number {
  return findings.filter((finding) => finding.code === code).length
}

function takesPlaceOf(other: Finding, { code, path, line, column }: Finding): boolean {
  const isThere = other.path === path && other.line === line && other.column === column
  return isThere && line !== undefined && other.code !== code && other.severity === 'error'
}

// No more errors of any kind, unless the manifest becomes readable by it; no more warnings either,
// unless they take the place of an error.
function isNoWorse({ findings, manifest }: Context, after: Inspection): boolean {
  const isFirstLook = manifest === null && after.manifest !== null
  if (!isFirstLook) {
    const before = countErrors(findings)
    for (const [code, count] of countErrors(after.findings)) {
      if (count > (before.get(code) ?? 0)) return false
    }
  }
  const serious = (list: readonly Finding[], ...severities: Severity[]) =>
    list.filter(({ severity }) => severities.includes(severity)).length
  return (
    isFirstLook ||
    serious(after.findings, 'error', 'warning') <= serious(findings, 'error', 'warning')
  )
}

function countErrors(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { severity, code } of findings) {
    if (severity === 'error') counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}

// Null where a change doesn't fit, or the files it needs are damaged.
async function unlessUnfit<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work()
  } catch (reason) {
    if (reason instanceof ChangeError || reason instanceof ArchiveError) return null
    throw reason
  }
}
