import { gzipSync } from 'node:zlib'
import { bytes, concat, utf8, writeZip } from '../../../src/bundle/testing/zip-writer.ts'
import { type HostileCase, ofBytes, refused, says } from '../case.ts'
import { app, bundle, emptyEnd, noise, png, TOML, toml } from '../samples.ts'

const notZip = (what: string) => says(what, refused('archive.not-zip'))
const file = (name: string, what: string, content: Uint8Array | HostileCase['build']) =>
  ofBytes(name, notZip(what), content)

const tarOf = (content: Uint8Array) => {
  const header = new Uint8Array(512)
  header.set(utf8('app.toml'))
  header.set(utf8('ustar'), 257)
  return concat([header, content])
}

// Packed data would come out differently with every version of the packer.
const storedBundle = () =>
  writeZip({ entries: [toml, app].map((entry) => ({ ...entry, method: 0 })) })

/** What people upload by mistake, and what servers answer instead of a download. */
export const notAZip: readonly HostileCase[] = [
  file('an empty file', 'empty', new Uint8Array()),
  file('one zero byte', 'zero bytes', new Uint8Array(1)),
  file('4,096 zero bytes', 'zero bytes', new Uint8Array(4096)),
  file('gzip', 'a gzip file', bytes(0x1f, 0x8b, 8, 0, [0, 8], utf8('x'.repeat(40)))),
  file('a bundle that gzip packed once more', 'a gzip file', async () => gzipSync(await bundle())),
  file('bzip2', 'a bzip2 file', utf8('BZh91AY&SY')),
  file('xz', 'an xz file', bytes(0xfd, utf8('7zXZ'), 0, 0, 4)),
  file('Zstandard', 'a Zstandard file', bytes(0x28, 0xb5, 0x2f, 0xfd, 4, 0)),
  file('a tar archive', 'a tar archive', tarOf(utf8(TOML))),
  file('7-Zip', 'a 7-Zip', bytes(utf8('7z'), 0xbc, 0xaf, 0x27, 0x1c, new Uint8Array(50))),
  file('RAR 4', 'a RAR archive', bytes(utf8('Rar!'), 0x1a, 7, 0, new Uint8Array(50))),
  file('RAR 5', 'a RAR archive', bytes(utf8('Rar!'), 0x1a, 7, 1, 0, new Uint8Array(50))),
  file('an HTML page', 'an HTML page', utf8('<!DOCTYPE html><html>Sign in first</html>')),
  file('an HTML page after blank lines', 'an HTML page', utf8('\r\n\n <HTML><body>no')),
  file('JSON', 'a JSON file', utf8('{"error": "not found"}')),
  file('a JSON list', 'a JSON file', utf8('[{"name": "demo"}]')),
  file('XML', 'an XML file', utf8('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')),
  file('an app.toml alone', 'an app.toml', utf8(TOML)),
  file('an app.toml with comments first', 'an app.toml', utf8(`# Demo\n\n${TOML}`)),
  file('a plain text', 'a plain text', utf8('Hello, this is my app')),
  file('a text in UTF-16', 'UTF-16', bytes(0xff, 0xfe, utf8('h\0e\0l\0l\0o\0'))),
  file('base64 of a bundle', 'a plain text', async () =>
    utf8(Buffer.from(await bundle()).toString('base64')),
  ),
  file('a PNG image', 'a PNG image', png(64)),
  file('a JPEG image', 'a JPEG image', bytes(0xff, 0xd8, 0xff, 0xe0, utf8('....JFIF'))),
  file('a PDF', 'a PDF', utf8('%PDF-1.7\n')),
  file('a Linux program', 'a Linux program', bytes(0x7f, utf8('ELF'), new Uint8Array(60))),
  file('a Windows program', 'a Windows program', bytes(utf8('MZ'), new Uint8Array(60))),
  file('an SQLite database', 'an SQLite', bytes(utf8('SQLite format 3'), 0, new Uint8Array(90))),
  file('a Python pickle', 'a Python pickle', bytes(0x80, 4, 0x95, new Uint8Array(20))),
  file('noise', 'a binary file', noise(2000).fill(1, 0, 1)),
  file('the letters PK alone', 'a plain text', utf8('PK')),
  file('an end record one byte short', 'a binary file', emptyEnd.subarray(0, -1)),
  file('a directory without an end', 'a binary file', async () => {
    const whole = await bundle()
    return whole.subarray(whole.length - 130, whole.length - 22)
  }),
  ofBytes('an archive without entries', refused('archive.empty'), emptyEnd),
  ofBytes(
    'a first part of a split archive',
    refused('archive.multi-disk'),
    bytes([0x08074b50, 4], utf8('x'.repeat(60))),
  ),
  ofBytes(
    'a bundle whose bytes went through a text encoding',
    refused('archive.trailing-bytes'),
    async () => utf8(new TextDecoder().decode(await storedBundle())),
  ),
  ofBytes('a bundle whose line ends were converted', refused('archive.prefixed-bytes'), async () =>
    concat(
      Array.from(await storedBundle(), (byte) =>
        byte === 10 ? Uint8Array.of(13, 10) : Uint8Array.of(byte),
      ),
    ),
  ),
]
