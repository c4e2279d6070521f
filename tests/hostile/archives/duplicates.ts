import type { EntryPlan } from '../../../src/bundle/testing/zip-writer.ts'
import { type Expectation, fine, type HostileCase, refused, warned, withEntries } from '../case.ts'
import { app, other, TOML, toml } from '../samples.ts'

const named = (...names: readonly string[]): EntryPlan[] =>
  names.map((name) => (name.endsWith('/') ? { name } : { ...other, name }))
const pair = (what: string, expect: Expectation, ...names: readonly string[]) =>
  withEntries(what, expect, ...named(...names))

const twice = refused('archive.duplicate')
const both = refused('archive.file-and-folder')
const twins = warned('archive.case-collision')
const accents = warned('archive.unicode-collision')

/** Entries that would unpack to one place. */
export const duplicates: readonly HostileCase[] = [
  withEntries('two app.py with the same contents', twice, app),
  withEntries('two app.py with other contents', twice, { ...app, data: 'import os\n' }),
  withEntries('two app.toml', twice, { ...toml, data: TOML.replace('demo', 'evil') }),
  pair('three files of one name', twice, 'a', 'a', 'a'),
  pair('a name in two encodings of the flag', twice, 'ü.py', 'ü.py'),
  pair('a file that is a folder of another', both, 'a', 'a/b'),
  pair('a folder of another that is a file', both, 'a/b', 'a'),
  pair('a folder entry named like a file', both, 'a', 'a/'),
  pair('a file deep below another file', both, 'a/b', 'a/b/c/d'),
  pair('a folder listed twice', fine, 'a/', 'a/'),
  pair('a folder listed after its files', fine, 'a/b', 'a/'),
  pair('two names by letter case', twins, 'readme.md', 'README.md'),
  pair('two names by letter case in a folder', twins, 'src/a.py', 'src/A.py'),
  pair('two names by Unicode normal form', accents, 'caf\u00e9.py', 'cafe\u0301.py'),
  pair('two names by form and letter case', twins, 'CAF\u00c9.py', 'cafe\u0301.py'),
  pair('two letters that are one on a Mac', accents, '\u212b.py', '\u00c5.py'),
  withEntries('App.toml beside app.toml', twins, { ...toml, name: 'App.toml' }),
  pair('two folders by letter case', twins, 'Src/a.py', 'src/b.py'),
  pair('two folders by Unicode normal form', accents, 'caf\u00e9/a.py', 'cafe\u0301/b.py'),
  pair('a file and a folder by letter case', twins, 'SRC', 'src/b.py'),
  pair('a few names that only look alike', fine, 'a.py', '\u0430.py', 'l1', 'I1'),
]
