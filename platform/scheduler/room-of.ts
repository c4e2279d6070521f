import path from 'node:path'
import type { Confinement } from './confinement.ts'
import type { InstanceFiles } from './instance-files.ts'
import type { Launch } from './scheduler.ts'

/** Where of the places that a manifest names the instance really keeps what is there. */
export type Room = {
  /** Folders that the app sees in the manifest's own place, by that place; only where it is confined. */
  readonly mounts: Readonly<Record<string, string>>
  /** The folders it may write to, by their real names. */
  readonly writable: readonly string[]
  /** For its log: places that are elsewhere here. */
  readonly notes: readonly string[]
}

/**
 * A confined app sees its volume and its files where its manifest says, as in a container. Without confinement there is
 * no other root to offer; then the places are below its own folder, and its log says where.
 */
export function roomOf(launch: Launch, files: InstanceFiles, confinement: Confinement): Room {
  const id = launch.instanceId
  const mount = launch.manifest.runtime?.volumeMount ?? null
  const app = files.app(id)
  const asked = new Map<string, string>()
  for (const { path: file } of launch.manifest.files) {
    if (file.startsWith('/')) asked.set(path.dirname(file), path.join(app, path.dirname(file)))
  }
  if (mount !== null) asked.set(path.normalize(mount).replace(/(?<=.)\/$/, ''), files.volume(id))
  const writable = [files.scratch(id), ...(mount === null ? [] : [files.volume(id)])]
  const mounts: Record<string, string> = {}
  const notes: string[] = []
  for (const [place, folder] of asked) {
    if (confinement.canMount(place, writable)) mounts[place] = folder
    else notes.push(`${place} is at ${folder} here.`)
  }
  if (mount !== null) notes.push('The volume’s folder is in the variable WAVEDECK_VOLUME.')
  return { mounts, writable, notes }
}
