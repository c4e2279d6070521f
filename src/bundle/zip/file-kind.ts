import { bytesAt } from './bytes.ts'

const MAGIC: readonly [kind: string, pattern: readonly number[], at?: number][] = [
  ['a gzip file', [0x1f, 0x8b]],
  ['a bzip2 file', [0x42, 0x5a, 0x68]],
  ['an xz file', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ['a Zstandard file', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['a tar archive', [0x75, 0x73, 0x74, 0x61, 0x72], 257],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a Linux program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a Windows program', [0x4d, 0x5a]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['a Python pickle', [0x80, 0x04, 0x95]],
]

/** Bytes of a file's start that `describeFile` wants to see. */
export const HEAD_BYTES = 512

/** Names what a file that is no zip most likely is, from its first bytes: "a gzip file". */
export function describeFile(head: Uint8Array): string {
  if (head.length === 0) return 'empty'
  for (const [kind, pattern, at] of MAGIC) if (bytesAt(head, pattern, at)) return kind
  if (bytesAt(head, [0xff, 0xfe]) || bytesAt(head, [0xfe, 0xff])) return 'a UTF-16 text'
  if (head.every((byte) => byte === 0)) return 'a file of zero bytes'
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase()
  // The head may end inside a character, so only control characters tell binary from text.
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) {
    return 'a binary file of an unknown kind'
  }
  if (/^(<!doctype html|<html|<head|<body)/.test(text)) return 'an HTML page'
  if (text.startsWith('<?xml') || text.startsWith('<svg')) return 'an XML file'
  if (/^[{[]\s*("|\{|\[|\d|\}|\])/.test(text)) return 'a JSON file'
  if (/^(#.*\n\s*)*\[\[?(app|runtime|env|file|link)\]/.test(text))
    return 'an app.toml without its bundle'
  return 'a plain text file'
}
