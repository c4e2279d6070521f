import { concat, utf8, writeZip } from '../../../src/bundle/testing/zip-writer.ts'
import { type HostileCase, ofBytes, ofPlan, refused } from '../case.ts'
import { app, bundle, emptyEnd, other, toml } from '../samples.ts'

const entries = [toml, app]
const prefixed = refused('archive.prefixed-bytes')
const trailing = refused('archive.trailing-bytes')
const small = () => writeZip({ entries: [other] })

const after = (name: string, suffix: Uint8Array, expect = trailing) =>
  ofPlan(name, expect, { entries, suffix })
const before = (name: string, prefix: Uint8Array, adjustOffsets = false) =>
  ofPlan(name, prefixed, { entries, prefix, adjustOffsets })

const joined = (name: string, expect: HostileCase['expect'], ...parts: HostileCase['build'][]) =>
  ofBytes(name, expect, async () => concat(await Promise.all(parts.map(async (part) => part()))))

/** Something in front of the archive, after it, or a second archive. */
export const wrapped: readonly HostileCase[] = [
  after('a line break at its end', utf8('\n')),
  after('text at its end', utf8('trailing')),
  after('padding to 512 bytes at its end', new Uint8Array(512)),
  after('a signature block at its end', utf8('\n-----BEGIN PGP SIGNATURE-----\nabc\n')),
  after('an empty archive at its end', concat([utf8('x'), emptyEnd]), prefixed),
  before('a shebang before it', utf8('#!/bin/sh\n')),
  before('a shebang that its offsets count', utf8('#!/bin/sh\n'), true),
  before('one byte before it', utf8('x')),
  before('a byte order mark before it', Uint8Array.of(0xef, 0xbb, 0xbf)),
  before('a program that unpacks it', concat([utf8('MZ'), new Uint8Array(4094)]), true),
  before('the mark of a split archive that is whole', utf8('PK00'), true),
  before('a GIF image before it', utf8('GIF89a')),
  ofPlan('leading and trailing bytes', trailing, {
    entries,
    prefix: utf8('--boundary\r\n\r\n'),
    suffix: utf8('\r\n--boundary--\r\n'),
  }),
  joined('a small archive before it', prefixed, small, bundle),
  joined('a small archive after it', prefixed, bundle, small),
  joined('itself twice', prefixed, bundle, bundle),
  ofPlan('a small archive before it that its offsets count', prefixed, async () => ({
    entries,
    prefix: await small(),
    adjustOffsets: true,
  })),
  ofPlan('a small archive between its entries', refused('archive.hidden-bytes'), async () => ({
    entries: [{ ...toml, gap: await small() }, app],
  })),
  ofPlan('a small archive before its directory', refused('archive.hidden-bytes'), async () => ({
    entries: [toml, { ...app, gap: await small() }],
  })),
  ofPlan('bytes before its directory', refused('archive.hidden-bytes'), {
    entries: [toml, { ...app, gap: utf8('gap') }],
  }),
  ofPlan('an Android signing block before its directory', refused('archive.hidden-bytes'), {
    entries: [toml, { ...app, gap: concat([new Uint8Array(4080), utf8('APK Sig Block 42')]) }],
  }),
  ofPlan('bytes between its entries', refused('archive.hidden-bytes'), {
    entries: [{ ...toml, gap: utf8('gap') }, app],
  }),
  ofPlan('an entry that its directory leaves out', refused('archive.hidden-bytes'), {
    entries: [toml, { ...other, hidden: true }, app],
  }),
  ofPlan('a first entry that its directory leaves out', prefixed, {
    entries: [{ ...toml, hidden: true }, toml, app],
  }),
  ofPlan('a last entry that its directory leaves out', refused('archive.hidden-bytes'), {
    entries: [toml, app, { ...other, hidden: true }],
  }),
]
