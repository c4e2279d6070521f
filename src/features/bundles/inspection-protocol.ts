import type { FolderListing, HeavyEntry } from '../../bundle/contents/folder-index.ts'
import type { Comparison } from '../../bundle/compare/compare-bundles.ts'
import type { PublishedVersion } from '../../bundle/compare/snapshot.ts'
import type { Suggestion } from '../../bundle/compare/suggest-version.ts'
import type { OsPackage } from '../../bundle/contents/packages/parse-packages.ts'
import type { Requirement } from '../../bundle/contents/requirements/requirement.ts'
import type { Finding, Verdict } from '../../bundle/finding.ts'
import type { FixDescription } from '../../bundle/fix/describe-fix.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import type { LeftOut } from '../../bundle/pack/choose-files.ts'
import type { Manifest } from '../../bundle/manifest/manifest.ts'

/** What goes between the page and the inspection worker: plain data, bounded in size, and blobs. Sizes are bytes. */

/** What the inspector says about a bundle, without its files. */
export type BundleReport = {
  verdict: Verdict
  /** Sorted by severity, path and line. */
  findings: Finding[]
  /** Null where errors make it unusable. */
  manifest: Manifest | null
  stats: { size: number; entryCount: number; fileCount: number; unpackedSize: number }
  /** Null where there is none that the platform would serve. */
  icon: Blob | null
  screenshotCount: number
  /** Markdown. */
  longDescription: string | null
  requirements: Requirement[]
  packages: OsPackage[]
  /** Whether every byte was looked at, as the platform does; else the first look. */
  thorough: boolean
}

/** How much of a long task is done: bytes, or files for packing. */
export type TaskProgress = { done: number; total: number }

/** A text; `isCut` where the file goes on. */
export type TextPart = { text: string; isCut: boolean }

/** A one-click change, and the finding in the report that it resolves. */
export type FixOffer = { finding: number; fix: Fix }

/** A bundle after a change, as it would be uploaded. */
export type ChangedBundle = { blob: Blob; report: BundleReport; titles: string[] }

export type PackInput = { path: string; file: File }

/** What became of a folder. `left` is cut at 1,000; `leftCount` counts all files left out. */
export type PackedFolder = {
  blob: Blob
  left: LeftOut[]
  leftCount: number
  /** The folder that has the app.toml, where it was further down; '' for the given one. */
  root: string
  fileCount: number
}

/** A few lines around a place; `start` is the number of the first. Long lines are cut. */
export type CodeFrame = { start: number; lines: string[] }

export type ComparedVersions = { comparison: Comparison; suggestion: Suggestion }

/** What the worker can do. A bundle is known by the key that the page gave it. */
export type InspectionCalls = {
  /** Loads and runs what the first bundle needs, so that it doesn't wait for it. */
  warmUp(): null
  open(key: string, blob: Blob, allowedEnvNames: string[]): BundleReport
  close(key: string): null
  verify(key: string): BundleReport
  pack(files: PackInput[]): PackedFolder
  listFolder(key: string, path: string): FolderListing
  heaviest(key: string, limit: number): HeavyEntry[]
  readText(key: string, path: string, maxBytes: number): TextPart | null
  readImage(key: string, path: string): Blob | null
  readScreenshot(key: string, index: number): Blob | null
  codeFrame(key: string, path: string, line: number): CodeFrame | null
  findFixes(key: string): FixOffer[]
  describeFix(key: string, fix: Fix): FixDescription
  applyFix(key: string, fix: Fix): ChangedBundle
  applyAllFixes(key: string): ChangedBundle
  versionFix(key: string, version: string): Fix | null
  developmentFix(key: string, now: number): Fix | null
  compare(key: string, published: PublishedVersion, versions: string[]): ComparedVersions
}

export type InspectionMethod = keyof InspectionCalls

export type WorkerRequest =
  | { id: number; method: InspectionMethod; args: readonly unknown[] }
  | { id: number; method: 'cancel' }

export type WorkerReply =
  | { id: number; kind: 'progress'; progress: TaskProgress }
  | { id: number; kind: 'result'; value: unknown }
  | { id: number; kind: 'error'; name: string; message: string }
