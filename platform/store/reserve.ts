import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'

const bytes = 4 * 1024 ** 2

/**
 * Room set aside on the disk, so that on a full one what makes room – deleting an app, ending an instance – can still
 * be written down.
 */
export class Reserve {
  readonly #file: string

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, 'reserve')
    this.fill()
  }

  /** Sets the room aside again, where there is room by now; otherwise it is tried again at the next call. */
  fill(): void {
    if (statSync(this.#file, { throwIfNoEntry: false })?.size === bytes) return
    try {
      const file = openSync(this.#file, 'w')
      try {
        // Written, not only made long: holes take no room.
        const chunk = new Uint8Array(64 * 1024)
        for (let done = 0; done < bytes; done += chunk.length) writeSync(file, chunk)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    } catch {
      this.release()
    }
  }

  /** Gives the room up for what comes next. */
  release(): void {
    rmSync(this.#file, { force: true })
  }
}
