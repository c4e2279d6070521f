import { bytes, utf8 } from '../../../src/bundle/testing/zip-writer.ts'
import { advised, fine, type HostileCase, ofManifest, refused, warned } from '../case.ts'
import { TOML } from '../samples.ts'

const syntax = refused('manifest.syntax')
const encoding = refused('manifest.encoding')

/** After [App], where one more key can stand. */
const inApp = (line: string) => TOML.replace('\n[Runtime]', `${line}\n\n[Runtime]`)
const broken = (name: string, line: string) => ofManifest(name, syntax, inApp(line))
const novel = (name: string, line: string) =>
  ofManifest(name, warned('manifest.toml-1-1'), inApp(line))
const odd = (name: string, text: string) => ofManifest(name, fine, text)

/** Texts that are no TOML, and unusual ones that are. */
export const tomlSyntax: readonly HostileCase[] = [
  broken('a key without a value', 'Category ='),
  broken('a key without an equals sign', 'Category "Sales"'),
  broken('a value without quotes', 'Category = Sales'),
  broken('a text that isn’t closed', 'Category = "Sales'),
  broken('a text with typographic quotes', 'Category = “Sales”'),
  broken('a text over two lines', 'Category = "Sal\nes"'),
  broken('a long text that isn’t closed', 'LongDescription = """never'),
  broken('a Windows path in a text', 'LongDescription = "docs\\about.md"'),
  broken('a key twice', 'Name = "other"'),
  broken('a section twice', '[App]'),
  broken('a section that is a text already', '[App.Name]'),
  broken('a list that isn’t closed', 'Keywords = ["a", "b"'),
  broken('a list with a missing comma', 'Keywords = ["a" "b"]'),
  broken('a YAML line', 'Category: Sales'),
  broken('a JSON object', '{"Category": "Sales"}'),
  broken('a semicolon at the end', 'Category = "Sales";'),
  broken('a comment with two slashes', '// Category'),
  broken('a leading zero', 'Keywords = [01]'),
  broken('a control character in a comment', '# a\u0001b'),
  broken('a NUL in a text', 'Category = "a\0b"'),
  broken('an escape that TOML hasn’t', 'Category = "\\q"'),
  broken('an escaped surrogate', 'Category = "\\ud800"'),
  broken('a date that no calendar has', 'Founded = 2023-02-30'),
  broken('lists nested 100,000 deep', `Keywords = ${'['.repeat(100_000)}`),
  broken('inline tables nested 50,000 deep', `Keywords = ${'{a='.repeat(50_000)}`),
  ofManifest('a merge conflict', syntax, `<<<<<<< HEAD\n${TOML}=======\n${TOML}>>>>>>> main\n`),
  ofManifest('only a bracket', syntax, '['),
  ofManifest('JSON instead', syntax, '{"App": {"Name": "demo"}}'),
  ofManifest('an HTML page instead', syntax, '<!DOCTYPE html>\n<html></html>'),
  odd('Windows line ends', TOML.replaceAll('\n', '\r\n')),
  odd('no line break at its end', TOML.trimEnd()),
  odd('comments everywhere', TOML.replaceAll('\n', ' # comment\n')),
  odd(
    'dotted keys',
    'App.Name = "demo"\nApp.Version = "1.0.0"\nApp.Title = "D"\nApp.Description = "d"\nRuntime.Module = "app"\n',
  ),
  odd(
    'inline tables',
    'App = { Name = "demo", Version = "1.0.0", Title = "D", Description = "d" }\nRuntime = { Module = "app" }\n',
  ),
  odd(
    'sections in another order',
    '[Runtime]\nModule = "app"\n[App]\nName = "demo"\nVersion = "1.0.0"\nTitle = "D"\nDescription = "d"\n',
  ),
  odd('texts in single quotes', TOML.replaceAll('"', "'")),
  odd('texts in triple quotes', TOML.replaceAll('"', '"""')),
  odd('keys in quotes', TOML.replace(/^(\w+) =/gm, '"$1" =')),
  odd('escaped letters', TOML.replace('"demo"', '"\\u0064emo"')),
  ofManifest('a byte order mark', advised('manifest.byte-order-mark'), `\ufeff${TOML}`),
  ofManifest('two byte order marks', syntax, `\ufeff\ufeff${TOML}`),
  novel('an escape of TOML 1.1', 'Category = "\\e"'),
  novel('an escape by two digits', 'Category = "\\x41"'),
  novel('a time without seconds', 'Founded = 07:32'),
  novel('an inline table over two lines', 'Extra = { a = 1,\n b = 2 }'),
  novel('an inline table with a comma at its end', 'Extra = { a = 1, }'),
  odd('a list over many lines', inApp('Keywords = [\n"a", # one\n"b",\n]')),
  ofManifest(
    'UTF-16',
    encoding,
    bytes(
      0xff,
      0xfe,
      new Uint8Array(new Uint16Array(Array.from(TOML, (c) => c.charCodeAt(0))).buffer),
    ),
  ),
  ofManifest(
    'UTF-16 without a mark',
    syntax,
    new Uint8Array(new Uint16Array(Array.from(TOML, (c) => c.charCodeAt(0))).buffer),
  ),
  ofManifest('Latin-1', encoding, bytes(utf8(TOML), utf8('# '), 0xfc, 0x0a)),
  ofManifest('a character that is cut off', encoding, bytes(utf8(TOML), utf8('# '), 0xe2, 0x82)),
  ofManifest('an overlong character', encoding, bytes(utf8(TOML), utf8('# '), 0xc0, 0x80)),
  ofManifest('an empty file', refused('manifest.app-missing', 'runtime.missing'), ''),
  ofManifest('a comment alone', refused('manifest.app-missing', 'runtime.missing'), '# later\n'),
  ofManifest('blanks alone', refused('manifest.app-missing', 'runtime.missing'), ' \n\t\n'),
  ofManifest('256 KiB of comments', fine, `${TOML}#${'x'.repeat(256 * 1024 - TOML.length - 2)}\n`),
  ofManifest(
    'a byte more than 256 KiB',
    refused('manifest.too-large'),
    `${TOML}#${'x'.repeat(256 * 1024 - TOML.length)}`,
  ),
  ofManifest(
    'a hundred sections that nobody knows',
    warned('manifest.unknown-section'),
    TOML + Array.from({ length: 100 }, (_, index) => `[Section${index}]\n`).join(''),
  ),
]
