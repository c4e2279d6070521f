import { bytesAt, ByteView } from '../zip/bytes.ts'

export type ImageType = 'png' | 'jpeg' | 'gif' | 'webp'

/** What an image's first bytes say; width and height are pixels, null when they come later. */
export type ImageInfo = { type: ImageType; width: number | null; height: number | null }

/** Decoded, a pixel takes four bytes: more than this is not worth a page's memory. */
const maxShownPixels = 16_000_000

/** Whether a page should decode it. One that doesn't say its size in time could have any. */
export function isShowable({ width, height }: ImageInfo): boolean {
  return width !== null && height !== null && width * height <= maxShownPixels
}

/**
 * Recognises the images that the platform serves – PNG, JPEG, GIF, WebP – by their bytes, never by
 * their name. Null for everything else, SVG included.
 */
export function readImageInfo(bytes: Uint8Array): ImageInfo | null {
  if (bytesAt(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return sized('png', bytes, pngSize)
  if (bytesAt(bytes, [0xff, 0xd8, 0xff])) return sized('jpeg', bytes, jpegSize)
  if (bytesAt(bytes, [0x47, 0x49, 0x46, 0x38]) && (bytes[4] === 0x37 || bytes[4] === 0x39)) {
    return sized('gif', bytes, gifSize)
  }
  const isRiff = bytesAt(bytes, [0x52, 0x49, 0x46, 0x46])
  if (isRiff && bytesAt(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return sized('webp', bytes, webpSize)
  return null
}

type Size = [width: number, height: number]

function sized(
  type: ImageType,
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => Size | null,
): ImageInfo {
  const size = tryRead(bytes, read)
  return { type, width: size?.[0] ?? null, height: size?.[1] ?? null }
}

// A header that is cut off makes the views throw a RangeError.
function tryRead(bytes: Uint8Array, read: (bytes: Uint8Array) => Size | null): Size | null {
  try {
    return read(bytes)
  } catch (reason) {
    if (reason instanceof RangeError) return null
    throw reason
  }
}

function big(bytes: Uint8Array, at: number, length: 2 | 4): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return length === 2 ? view.getUint16(at) : view.getUint32(at)
}

function pngSize(bytes: Uint8Array): Size | null {
  if (!bytesAt(bytes, [0x49, 0x48, 0x44, 0x52], 12)) return null
  return [big(bytes, 16, 4), big(bytes, 20, 4)]
}

function gifSize(bytes: Uint8Array): Size {
  const view = new ByteView(bytes)
  return [view.u16(6), view.u16(8)]
}

function jpegSize(bytes: Uint8Array): Size | null {
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at++
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else if (isFrame(marker)) return [big(bytes, at + 7, 2), big(bytes, at + 5, 2)]
    else if (marker === 0xd9 || marker === 0xda) return null
    else at += 2 + big(bytes, at + 2, 2)
  }
  return null
}

// SOF0 to SOF15 without the tables DHT, JPG and DAC.
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function webpSize(bytes: Uint8Array): Size | null {
  const view = new ByteView(bytes)
  const chunk = String.fromCharCode(...bytes.subarray(12, 16))
  if (chunk === 'VP8 ') return [view.u16(26) & 0x3fff, view.u16(28) & 0x3fff]
  if (chunk === 'VP8L') {
    const packed = view.u32(21)
    return [(packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1]
  }
  if (chunk !== 'VP8X') return null
  const low24 = (at: number) => view.u32(at) & 0xffffff
  return [low24(24) + 1, (view.u16(27) | ((bytes[29] ?? 0) << 16)) + 1]
}

/** Bytes of a text in which its first element is looked for. */
const SVG_PREFIX = 1024

/** True when the bytes are an SVG text, which browsers could run scripts from. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, SVG_PREFIX)).toLowerCase()
  let at = 0
  // Steps over what may precede the first element; each step ends behind where it began.
  for (;;) {
    at += text.length - at - text.slice(at).trimStart().length
    const end = text.startsWith('<!--', at)
      ? endOf(text, '-->', at + 4)
      : text.startsWith('<?', at) || text.startsWith('<!doctype svg', at)
        ? endOf(text, '>', at)
        : null
    if (end === null) return /^<svg[\s/>]/.test(text.slice(at, at + 5))
    at = end
  }
}

function endOf(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from)
  return at < 0 ? text.length : at + end.length
}
