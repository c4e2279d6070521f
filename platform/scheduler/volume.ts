import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

const everyMs = 5_000

/** Bytes that the files below a folder take; links aren't followed. */
export async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) bytes += await sizeOf(place)
    // Blocks, not lengths: a file with holes takes what it takes.
    else
      bytes += await lstat(place).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      )
  }
  return bytes
}

/**
 * Says every few seconds how many bytes a volume takes.
 *
 * @returns how to stop
 */
export function watchVolume(folder: string, tell: (bytes: number) => void): () => void {
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    const bytes = await sizeOf(folder)
    if (isOver) return
    tell(bytes)
    timer = setTimeout(() => void look(), everyMs).unref()
  }
  void look()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
