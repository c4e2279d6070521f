import { setVersion, withDevelopmentSuffix } from '../fix/version.ts'
import { MANIFEST_PATH } from '../manifest/manifest.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { decodeUtf8 } from '../zip/entry-name.ts'
import { findRoot } from './choose-files.ts'
import type { PackFile } from './pack.ts'

/**
 * The files of an app with a version of their own, for a try while developing: see
 * `withDevelopmentSuffix`. Only what is packed changes, not the files. Rejects, with what to do,
 * where the app.toml is missing or has no version that can be extended.
 */
export async function withDevelopmentVersion(
  files: readonly PackFile[],
  date: Date,
): Promise<PackFile[]> {
  const root = await findRoot(files.map((file) => file.path))
  const path = root === '' ? MANIFEST_PATH : `${root}/${MANIFEST_PATH}`
  const file = files.find((candidate) => candidate.path === path)
  if (file === undefined) throw new Error('There is no app.toml to take the version from. Add one')
  const bytes = await file.read()
  const { manifest } = await readManifest(bytes)
  const version = manifest && withDevelopmentSuffix(manifest.version, date)
  const text = version && decodeUtf8(bytes)
  const changed = text && (await setVersion(text, version))
  if (!changed)
    throw new Error('The Version in app.toml is missing, invalid or too long. Correct it first')
  const read = async () => new TextEncoder().encode(changed)
  return files.map((other) => (other === file ? { ...other, read } : other))
}
