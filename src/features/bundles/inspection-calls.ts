import { compareBundles } from '../../bundle/compare/compare-bundles.ts'
import { publishedSnapshot, snapshotOf } from '../../bundle/compare/snapshot.ts'
import { suggestVersion } from '../../bundle/compare/suggest-version.ts'
import { decodeText } from '../../bundle/contents/decode-text.ts'
import { FolderIndex } from '../../bundle/contents/folder-index.ts'
import { readImageInfo } from '../../bundle/contents/image.ts'
import { applyFix, applyFixes } from '../../bundle/fix/apply-fix.ts'
import { describeFix } from '../../bundle/fix/describe-fix.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import { proposeFixes } from '../../bundle/fix/propose-fix.ts'
import { proposeVersion, withDevelopmentSuffix } from '../../bundle/fix/version.ts'
import { inspectBundle, type Inspection, type InspectOptions } from '../../bundle/inspect.ts'
import { packBundle } from '../../bundle/pack/pack.ts'
import { warmUp } from '../../bundle/warm-up.ts'
import type { Archive, Entry } from '../../bundle/zip/archive.ts'
import type {
  BundleReport,
  ChangedBundle,
  CodeFrame,
  InspectionCalls,
  InspectionMethod,
  PackedFolder,
  PackInput,
  TaskProgress,
} from './inspection-protocol.ts'

type Task = { signal: AbortSignal; onProgress: (progress: TaskProgress) => void }

type OpenBundle = {
  blob: Blob
  inspection: Inspection
  options: InspectOptions
  thorough: boolean
  index: FolderIndex | null
}

/** Images beyond this are not shown: decoding them would cost the page hundreds of megabytes. */
const maxImageBytes = 32 * 1024 * 1024
const maxImagePixels = 50_000_000
const imageHeadBytes = 512 * 1024
const maxFrameBytes = 1024 * 1024
const frameLines = 2
const maxLineLength = 240
const maxLeftListed = 1000

const bundles = new Map<string, OpenBundle>()

function get(key: string): OpenBundle {
  const bundle = bundles.get(key)
  if (bundle === undefined) throw new Error('The bundle is not open any more.')
  return bundle
}

function archiveOf(key: string): Archive | null {
  return get(key).inspection.archive
}

function fileAt(key: string, path: string): { archive: Archive; entry: Entry } | null {
  const archive = archiveOf(key)
  const entry = archive?.get(path)
  return !archive || entry === undefined || entry.isFolder ? null : { archive, entry }
}

async function imageOf(archive: Archive, entry: Entry): Promise<Blob | null> {
  if (entry.size > maxImageBytes) return null
  const info = readImageInfo(await archive.readStart(entry, imageHeadBytes))
  if (info === null || (info.width ?? 0) * (info.height ?? 0) > maxImagePixels) return null
  return new Blob([await archive.read(entry, maxImageBytes)], { type: `image/${info.type}` })
}

/** A damaged picture is a finding already; the page shows the stand-in. */
function imageOrNull(archive: Archive | null, entry: Entry | null | undefined) {
  if (archive === null || entry === null || entry === undefined) return null
  return imageOf(archive, entry).catch(() => null)
}

async function reportOf({ inspection, thorough }: OpenBundle): Promise<BundleReport> {
  const { verdict, findings, manifest, stats, archive, icon, screenshots } = inspection
  return {
    verdict,
    findings,
    manifest,
    stats,
    icon: await imageOrNull(archive, icon),
    screenshotCount: screenshots.length,
    longDescription: inspection.longDescription,
    requirements: inspection.requirementList,
    packages: inspection.packages,
    thorough,
  }
}

async function open(key: string, blob: Blob, options: InspectOptions): Promise<BundleReport> {
  const inspection = await inspectBundle(blob, { ...options, thorough: false })
  return keep(key, { blob, inspection, options, thorough: false, index: null })
}

function keep(key: string, bundle: OpenBundle): Promise<BundleReport> {
  bundles.set(key, bundle)
  return reportOf(bundle)
}

async function change(key: string, fix: Fix): Promise<ChangedBundle> {
  const { blob, inspection, options } = get(key)
  const changed = await applyFix(blob, inspection, fix)
  return { blob: changed, report: await open(key, changed, options), titles: [fix.title] }
}

async function changeAll(key: string): Promise<ChangedBundle> {
  const { blob, inspection, options } = get(key)
  const fixed = await applyFixes(blob, inspection, inspection.findings, options)
  const bundle = { ...fixed, options, thorough: false, index: null }
  const report = await keep(key, bundle)
  return { blob: fixed.blob, report, titles: fixed.applied.map(({ title }) => title) }
}

async function verify(key: string, { signal, onProgress }: Task): Promise<BundleReport> {
  const before = get(key)
  const inspection = await inspectBundle(before.blob, {
    ...before.options,
    thorough: true,
    signal,
    onProgress: ({ doneBytes, totalBytes }) => onProgress({ done: doneBytes, total: totalBytes }),
  })
  signal.throwIfAborted()
  return keep(key, { ...before, inspection, thorough: true })
}

async function pack(files: PackInput[], { signal, onProgress }: Task): Promise<PackedFolder> {
  const { pieces, left, root, fileCount } = await packBundle(
    files.map(({ path, file }) => ({
      path,
      read: async () => new Uint8Array(await file.arrayBuffer()),
    })),
    { signal, onProgress: ({ done, total }) => onProgress({ done, total }) },
  )
  signal.throwIfAborted()
  return {
    blob: new Blob(pieces, { type: 'application/zip' }),
    left: left.slice(0, maxLeftListed),
    leftCount: left.reduce((sum, each) => sum + each.fileCount, 0),
    root,
    fileCount,
  }
}

function indexOf(key: string): FolderIndex {
  const bundle = get(key)
  bundle.index ??= new FolderIndex(bundle.inspection.archive?.entries ?? [])
  return bundle.index
}

/** The bytes as text; a character that was cut off at the end is left out. */
function textOf(bytes: Uint8Array, isCut: boolean): string | null {
  const least = isCut ? Math.max(0, bytes.length - 3) : bytes.length
  for (let end = bytes.length; end >= least; end--) {
    const { text } = decodeText(bytes.subarray(0, end))
    if (text !== null) return text.includes('\0') ? null : text
  }
  return null
}

async function codeFrame(key: string, path: string, line: number): Promise<CodeFrame | null> {
  const found = fileAt(key, path)
  if (found === null) return null
  const { archive, entry } = found
  const text = textOf(await archive.readStart(entry, maxFrameBytes), entry.size > maxFrameBytes)
  const lines = text?.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  if (lines === undefined || line < 1 || line > lines.length) return null
  const start = Math.max(1, line - frameLines)
  const shown = lines.slice(start - 1, line + frameLines)
  return { start, lines: shown.map((each) => each.slice(0, maxLineLength)) }
}

type Handlers = {
  [Method in InspectionMethod]: (
    task: Task,
    ...args: Parameters<InspectionCalls[Method]>
  ) => ReturnType<InspectionCalls[Method]> | Promise<ReturnType<InspectionCalls[Method]>>
}

const handlers: Handlers = {
  async warmUp() {
    await warmUp()
    return null
  },
  open: (_task, key, blob, allowedEnvNames) => open(key, blob, { allowedEnvNames }),
  close: (_task, key) => {
    bundles.delete(key)
    return null
  },
  verify: (task, key) => verify(key, task),
  pack: (task, files) => pack(files, task),
  listFolder: (_task, key, path) => indexOf(key).list(path),
  heaviest: (_task, key, limit) => indexOf(key).heaviest(limit),
  async readText(_task, key, path, maxBytes) {
    const found = fileAt(key, path)
    if (found === null) return null
    const { archive, entry } = found
    const isCut = entry.size > maxBytes
    const text = textOf(await archive.readStart(entry, maxBytes), isCut)
    return text === null ? null : { text, isCut }
  },
  async readImage(_task, key, path) {
    const found = fileAt(key, path)
    return found === null ? null : imageOf(found.archive, found.entry)
  },
  readScreenshot: (_task, key, index) =>
    imageOrNull(archiveOf(key), get(key).inspection.screenshots[index]),
  codeFrame: (_task, key, path, line) => codeFrame(key, path, line),
  async findFixes(_task, key) {
    const { inspection, options } = get(key)
    const fixes = await proposeFixes(inspection, options)
    return [...fixes].map(([finding, fix]) => ({
      finding: inspection.findings.indexOf(finding),
      fix,
    }))
  },
  describeFix: (_task, key, fix) => describeFix(get(key).inspection, fix),
  applyFix: (_task, key, fix) => change(key, fix),
  applyAllFixes: (_task, key) => changeAll(key),
  versionFix: (_task, key, version) =>
    proposeVersion(get(key).inspection, version, get(key).options),
  async developmentFix(_task, key, now) {
    const { inspection, options } = get(key)
    const version = withDevelopmentSuffix(inspection.manifest?.version ?? '', new Date(now))
    return version === null ? null : proposeVersion(inspection, version, options)
  },
  async compare(_task, key, published, versions) {
    const { inspection, options } = get(key)
    const before = await publishedSnapshot(published, options.allowedEnvNames ?? [])
    const comparison = compareBundles(before, await snapshotOf(inspection))
    return { comparison, suggestion: suggestVersion(comparison, versions) }
  },
}

/** Does what the page asks for. `args` are those that the protocol gives the method. */
export async function answerCall(
  method: InspectionMethod,
  args: readonly unknown[],
  task: Task,
): Promise<unknown> {
  const handler = handlers[method] as (task: Task, ...args: readonly unknown[]) => unknown
  return handler(task, ...args)
}
