import { ByteView } from './bytes.ts'
import { decodeUtf8 } from './entry-name.ts'

/** The extra fields of a header that change what it means; null fields are absent. */
export type Extra = {
  /** Payload of the zip64 field. */
  zip64: Uint8Array | null
  /** The name in the Info-ZIP Unicode Path field; '' when it isn't valid UTF-8. */
  unicodePath: string | null
  /** A strong encryption or AES field. */
  encrypted: boolean
}

const ZIP64 = 0x0001
const STRONG_ENCRYPTION = 0x0017
const UNICODE_PATH = 0x7075
const AES = 0x9901

const NONE: Extra = { zip64: null, unicodePath: null, encrypted: false }

/**
 * Reads extra fields; null when they overrun or repeat a field that matters. Up to three left over
 * bytes are padding, which Android tools write.
 */
export function parseExtra(bytes: Uint8Array): Extra | null {
  if (bytes.length < 4) return NONE
  const view = new ByteView(bytes)
  const extra = { ...NONE }
  for (let at = 0; at + 4 <= bytes.length;) {
    const id = view.u16(at)
    const end = at + 4 + view.u16(at + 2)
    if (end > bytes.length) return null
    const payload = bytes.subarray(at + 4, end)
    if (id === ZIP64) {
      if (extra.zip64 !== null) return null
      extra.zip64 = payload
    } else if (id === UNICODE_PATH) {
      if (extra.unicodePath !== null) return null
      // One byte of version, four of a CRC, then the name. A stale CRC is no excuse: not every
      // reader checks it.
      extra.unicodePath = decodeUtf8(payload.subarray(5)) ?? ''
    } else if (id === AES || id === STRONG_ENCRYPTION) {
      extra.encrypted = true
    }
    at = end
  }
  return extra
}

/**
 * The 64-bit values that replace marked 32-bit ones, in the format's order; null when one is
 * missing. Unmarked values pass through, and must agree with a field that repeats them.
 */
export function widen(
  values: readonly { value: number; marked: boolean }[],
  zip64: Uint8Array | null,
): number[] | null {
  const view = zip64 === null ? null : new ByteView(zip64)
  let at = 0
  const wide: number[] = []
  for (const { value, marked } of values) {
    if (!marked) {
      wide.push(value)
      continue
    }
    if (view === null || at + 8 > view.length) return null
    wide.push(view.u64(at))
    at += 8
  }
  return wide
}
