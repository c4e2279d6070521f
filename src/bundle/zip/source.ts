/**
 * What the inspector needs of a Blob. Node's `openAsBlob` counts a file's size in 32 bits, so files
 * over 4 GiB come as an object of this shape.
 */
export type BlobLike = {
  readonly size: number
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** Random access to the bytes of a blob, with its end kept at hand. */
export type Source = {
  readonly size: number
  /** All bytes of a small blob; null for others. */
  readonly whole: Uint8Array<ArrayBuffer> | null
  /** Bytes from `start` up to `end`, clipped to the blob. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>
}

// Holds the longest end record (22 + 65,535), its zip64 records, and most central directories.
const TAIL_BYTES = 128 * 1024
// Up to here one read of everything is cheaper than several small ones.
const WHOLE_BYTES = 1024 * 1024

/** Reads the end of the blob once. Rejects when the blob can't be read. */
export async function openSource(blob: BlobLike): Promise<Source> {
  const { size } = blob
  const tailStart = size <= WHOLE_BYTES ? 0 : size - TAIL_BYTES
  const tail = await readBlob(blob, tailStart, size)
  return {
    size,
    whole: tailStart === 0 ? tail : null,
    async read(start, end) {
      const from = Math.max(0, Math.min(start, size))
      const to = Math.max(from, Math.min(end, size))
      if (from >= tailStart) return tail.subarray(from - tailStart, to - tailStart)
      return readBlob(blob, from, to)
    },
  }
}

async function readBlob(
  blob: BlobLike,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(start, end).arrayBuffer())
}
