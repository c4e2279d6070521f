import type { Archive, Entry } from '../zip/archive.ts'

/** The first bytes of an entry, at most `maxBytes`. The checksum isn't verified. */
export function readPrefix(archive: Archive, entry: Entry, maxBytes: number): Promise<Uint8Array> {
  return archive.readStart(entry, maxBytes)
}
