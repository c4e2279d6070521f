import { MAX_PATH_BYTES, MAX_SEGMENT_BYTES } from '../limits.ts'

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// The upper half of code page 437, the zip format's encoding for names not marked as UTF-8.
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** `guessed`: not marked as UTF-8 and not ASCII, so that other programs may read another name. */
export type DecodedName = { name: string; guessed: boolean }

/**
 * Decodes the name of an entry: UTF-8 where marked, null when it isn't UTF-8 after all. Unmarked
 * names are ASCII nearly always; others are taken for UTF-8 if they are valid (macOS leaves out the
 * mark), else for code page 437.
 */
export function decodeName(bytes: Uint8Array, utf8: boolean): DecodedName | null {
  const text = decodeUtf8(bytes)
  if (utf8) return text === null ? null : { name: text, guessed: false }
  if (text !== null) return { name: text, guessed: text.length !== bytes.length }
  const name = Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (CP437[byte - 0x80] ?? '?'),
  ).join('')
  return { name, guessed: true }
}

/** Strict UTF-8; null when the bytes aren't. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes)
  } catch {
    return null
  }
}

// C0 and C1 controls, line separators, and the marks that turn the reading direction around.
const CONTROL =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/

/**
 * Why a path (without a folder's trailing slash) must not be unpacked, in words that follow "it";
 * null when it is safe.
 */
export function unsafePath(path: string): string | null {
  if (path === '') return 'has no name'
  if (path.includes('\0')) return 'contains a NUL character'
  if (path.includes('\\')) return 'contains a backslash, which Windows takes for a folder separator'
  if (CONTROL.test(path)) return 'contains control or text direction characters'
  if (path.startsWith('/')) return 'is an absolute path'
  if (/^[A-Za-z]:/.test(path)) return 'starts with a Windows drive'
  const segments = path.split('/')
  if (segments.includes('..')) return 'leads out of the bundle with ".."'
  if (segments.includes('')) return 'has an empty folder name'
  if (segments.includes('.')) return 'has a "." segment'
  return null
}

// Source: Microsoft, "Naming Files, Paths, and Namespaces".
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i

/** Why Windows can't unpack a safe path, in words that follow "it"; null when it can. */
export function windowsTrouble(path: string): string | null {
  const character = /[<>:"|?*]/.exec(path)?.[0]
  if (character !== undefined) return `contains the character ${character}`
  for (const segment of path.split('/')) {
    if (WINDOWS_DEVICE.test(segment)) return 'is the name of a device there'
    if (/[. ]$/.test(segment)) return 'ends with a dot or a blank'
  }
  return null
}

// What takes no room at all. The joiners of Persian, Hindi and emoji are no such trick.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u
const JOINERS = /\u200c|\u200d|[\ufe00-\ufe0f]/g

/** True when a name has characters that nobody sees. */
export function hasInvisible(path: string): boolean {
  return INVISIBLE.test(path.replace(JOINERS, ''))
}

/** True when a file system can't store the path. */
export function pathTooLong(path: string): boolean {
  // No UTF-16 unit takes more than 3 bytes: short paths need no encoding.
  if (path.length * 3 <= MAX_SEGMENT_BYTES) return false
  const bytes = (text: string) => new TextEncoder().encode(text).length
  return (
    bytes(path) > MAX_PATH_BYTES ||
    path.split('/').some((segment) => bytes(segment) > MAX_SEGMENT_BYTES)
  )
}

/** A name made safe for showing: what can't be printed becomes `\u{…}`, long names are clipped. */
export function showName(name: string): string {
  const printable = CONTROL.test(name)
    ? name.replace(
        new RegExp(CONTROL, 'g'),
        (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
      )
    : name
  return printable.length > 120 ? `${printable.slice(0, 117)}…` : printable
}
