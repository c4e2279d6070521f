import { open } from 'node:fs/promises'
import type { BlobLike } from '../../src/bundle/zip/source.ts'

/**
 * Opens a file for the inspector, of any size: Node's own `openAsBlob` is wrong beyond 4 GiB.
 * Rejects for folders and unreadable files. Close it when done.
 */
export async function openFile(path: string): Promise<{ blob: BlobLike; close(): Promise<void> }> {
  const handle = await open(path, 'r')
  const stats = await handle.stat()
  if (!stats.isFile()) {
    await handle.close()
    throw new Error('it is no file')
  }
  async function read(start: number, end: number): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(Math.max(0, Math.min(end, stats.size) - start))
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at)
      if (bytesRead === 0) throw new Error('it became shorter while it was read')
      at += bytesRead
    }
    return bytes.buffer
  }
  return {
    blob: { size: stats.size, slice: (start, end) => ({ arrayBuffer: () => read(start, end) }) },
    close: () => handle.close(),
  }
}
