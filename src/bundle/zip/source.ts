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
  /**
   * Reads ranges that will be needed soon: all at once, neighbours together. Later reads within one
   * of them are answered from memory, which is held as long as the source: keep them small.
   */
  prefetch(ranges: readonly Range[]): void
}

/** Bytes from `start` up to `end`. */
export type Range = { start: number; end: number }

// Holds the longest end record (22 + 65,535), its zip64 records, and most central directories.
const TAIL_BYTES = 256 * 1024
// Up to here one read of everything is cheaper than several small ones.
const WHOLE_BYTES = 1024 * 1024
// Ranges closer than this share a read, up to a size that is still one quick read.
const NEAR_BYTES = 64 * 1024
const SHARED_BYTES = 512 * 1024

/** Reads the end of the blob once. Rejects when the blob can't be read. */
export async function openSource(blob: BlobLike): Promise<Source> {
  const { size } = blob
  const tailStart = size <= WHOLE_BYTES ? 0 : size - TAIL_BYTES
  const tail = await readBlob(blob, tailStart, size)
  const fetched: (Range & { bytes: Promise<Uint8Array<ArrayBuffer>> })[] = []
  return {
    size,
    whole: tailStart === 0 ? tail : null,
    async read(start, end) {
      const from = Math.max(0, Math.min(start, size))
      const to = Math.max(from, Math.min(end, size))
      if (from >= tailStart) return tail.subarray(from - tailStart, to - tailStart)
      const ready = fetched.find((range) => range.start <= from && to <= range.end)
      if (ready === undefined) return readBlob(blob, from, to)
      return (await ready.bytes).subarray(from - ready.start, to - ready.start)
    },
    prefetch(ranges) {
      const isAtHand = (range: Range) =>
        range.start >= tailStart ||
        fetched.some(({ start, end }) => start <= range.start && range.end <= end)
      for (const { start, end } of mergeNear(ranges.filter((range) => !isAtHand(range)))) {
        const bytes = readBlob(blob, start, Math.min(end, size))
        // Whoever reads it hears of the failure.
        bytes.catch(() => undefined)
        fetched.push({ start, end: Math.min(end, size), bytes })
      }
    },
  }
}

function mergeNear(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && start - last.end < NEAR_BYTES && end - last.start < SHARED_BYTES) {
      last.end = Math.max(last.end, end)
    } else merged.push({ start, end })
  }
  return merged
}

async function readBlob(
  blob: BlobLike,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(start, end).arrayBuffer())
}
