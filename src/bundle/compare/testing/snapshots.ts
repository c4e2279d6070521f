import { readManifest } from '../../manifest/read-manifest.ts'
import type { Manifest } from '../../manifest/manifest.ts'
import type { Snapshot } from '../snapshot.ts'

/** The lines of an app.toml's sections that a test is about; all others are as in a plain app. */
export type ManifestLines = {
  name?: string
  version?: string
  app?: string
  /** Null for no such section. */
  runtime?: string | null
  rest?: string
}

/** A manifest by way of its text, as everywhere. */
export async function manifestOf(lines: ManifestLines = {}): Promise<Manifest> {
  const { name = 'demo', version = '1.0.0', app = '', runtime = '', rest = '' } = lines
  const text = [
    `[App]\nName = "${name}"\nVersion = "${version}"\n${app}`,
    runtime === null
      ? ''
      : `[Runtime]\n${/\bModule/.test(runtime) ? '' : 'Module = "app"'}\n${runtime}`,
    rest,
  ]
  const { manifest, findings } = await readManifest(new TextEncoder().encode(text.join('\n')))
  if (manifest === null) throw new Error(findings.map(({ message }) => message).join(' '))
  return manifest
}

/** A snapshot in which everything that a test doesn't name is absent. */
export function snapshotWith(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    manifest: null,
    files: [],
    requirements: null,
    packages: null,
    longDescription: null,
    unread: [],
    archive: null,
    ...parts,
  }
}

/** Snapshots of the same bundle with other manifests. */
export async function withManifests(
  before: ManifestLines,
  after: ManifestLines,
): Promise<[Snapshot, Snapshot]> {
  const [old, now] = await Promise.all([manifestOf(before), manifestOf(after)])
  return [snapshotWith({ manifest: old }), snapshotWith({ manifest: now })]
}
