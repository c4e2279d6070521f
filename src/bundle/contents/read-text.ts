import type { Archive, Entry } from '../zip/archive.ts'

/** The first bytes of an entry, at most `maxBytes`. The checksum isn't verified. */
export async function readPrefix(
  archive: Archive,
  entry: Entry,
  maxBytes: number,
): Promise<Uint8Array> {
  const prefix = new Uint8Array(Math.min(maxBytes, entry.size))
  let at = 0
  for await (const chunk of archive.stream(entry)) {
    const taken = chunk.subarray(0, prefix.length - at)
    prefix.set(taken, at)
    at += taken.length
    if (at >= prefix.length) break
  }
  return prefix.subarray(0, at)
}
