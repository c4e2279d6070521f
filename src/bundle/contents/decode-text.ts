import { decodeUtf8 } from '../zip/entry-name.ts'

/** A text file's contents; null where it is in neither encoding. A UTF-8 byte order mark stays in. */
export type DecodedText =
  | { text: string; encoding: 'UTF-8' | 'UTF-16' }
  | { text: null; encoding: null }

/** Decodes strict UTF-8, or UTF-16 with its byte order mark, as PowerShell writes it. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second, third, fourth] = bytes
  const isUtf32 = third === 0 && fourth === 0
  const isLittle = first === 0xff && second === 0xfe && !isUtf32
  if (isLittle || (first === 0xfe && second === 0xff)) {
    const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes)
    return { text, encoding: 'UTF-16' }
  }
  const text = decodeUtf8(bytes)
  return text === null ? { text, encoding: null } : { text, encoding: 'UTF-8' }
}
