/** Remembered for each person; more than the palette shows, because some of them can't be had at the moment. */
const maxRecent = 20
const maxIdLength = 200

function keyOf(userId: string | null): string {
  return `wavedeck-recent:${userId ?? ''}`
}

type Reads = Pick<Storage, 'getItem'>

/** The browser's storage; null where it is closed to us. */
export function ownStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

/**
 * The ids of what a person chose in the palette, newest first. Ids alone: what they stand for is asked anew, so that
 * nothing stays on the machine that the person may not see any more. Whatever else lies in the storage counts as none.
 */
export function readRecent(storage: Reads | null, userId: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(keyOf(userId)) ?? '[]')
    if (!Array.isArray(kept)) return []
    const ids = kept.filter(
      (id): id is string => typeof id === 'string' && id !== '' && id.length <= maxIdLength,
    )
    return [...new Set(ids)].slice(0, maxRecent)
  } catch {
    // Storage may be closed to us, and hold anything.
    return []
  }
}

/** Puts an id first. Where nothing can be kept, nothing is. */
export function addRecent(
  storage: (Reads & Pick<Storage, 'setItem'>) | null,
  userId: string | null,
  id: string,
): void {
  if (id.length > maxIdLength) return
  const ids = [id, ...readRecent(storage, userId).filter((each) => each !== id)]
  try {
    storage?.setItem(keyOf(userId), JSON.stringify(ids.slice(0, maxRecent)))
  } catch {
    // Full or closed; the palette works without.
  }
}
