import { open } from 'node:fs/promises'

/** Makes the names in a folder durable; syncing a file does that for its bytes alone. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
