import type { PackFile } from './pack.ts'

/** What the packer needs of a browser's `File`. */
export type PickedFile = {
  readonly name: string
  /** Begins with the folder that was picked; empty or absent for a file that was picked alone. */
  readonly webkitRelativePath?: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The files of a folder that somebody picked, relative to it. They are read when it's their turn. */
export function readPicked(files: Iterable<PickedFile>): PackFile[] {
  return Array.from(files, (file) => {
    const inFolder = file.webkitRelativePath ?? ''
    return {
      path: inFolder === '' ? file.name : inFolder.slice(inFolder.indexOf('/') + 1),
      read: async () => new Uint8Array(await file.arrayBuffer()),
    }
  })
}
