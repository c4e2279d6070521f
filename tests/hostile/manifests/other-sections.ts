import { type Expectation, fine, type HostileCase, ofManifest, refused, warned } from '../case.ts'
import { TOML } from '../samples.ts'

const reserved = refused('env.name-reserved')
const envName = refused('env.name-invalid')
const folder = refused('file.folder-forbidden')
const filePath = refused('file.path-invalid')
const address = refused('link.address-invalid')

const after = (name: string, lines: string, expect: Expectation) =>
  ofManifest(name, expect, `${TOML}${lines}\n`)
const env = (lines: string, expect: Expectation) =>
  after(`[[Env]] ${lines}`, `[[Env]]\n${lines}`, expect)
const named = (name: string, expect: Expectation) => env(`Name = "${name}"\nValue = "1"`, expect)
const file = (path: string, expect: Expectation) =>
  after(`[[File]] ${path}`, `[[File]]\nPath = "${path}"\nValue = "{}"`, expect)
const link = (name: string, lines: string, expect: Expectation) =>
  ofManifest(
    name,
    expect,
    `${TOML.replace('[Runtime]\nModule = "app"\n', 'InstanceLifecycle = "LINK"\n')}${lines}\n`,
  )
const opens = (target: string, expect: Expectation) =>
  link(`a link to ${target}`, `[Link]\nAddress = "${target}"`, expect)

/** [[Env]], [[File]] and [Link], and texts that try to be more than text. */
export const otherSections: readonly HostileCase[] = [
  named('MY_VAR', fine),
  named('MY-VAR', envName),
  named('1A', envName),
  named('A=B', envName),
  named('', envName),
  named('Ä', envName),
  named('A\\u0000B', envName),
  named('H2O_CLOUD_X', reserved),
  named('H2O_CLOUD', reserved),
  named('H2O_WAVE_ADDRESS', reserved),
  named('H2O_WAVE_DATA_DIRS', reserved),
  named('H2O_WAVE_ML_X', fine),
  named('H2O_WAVE_NO_STORE', fine),
  named('PATH', fine),
  env('Value = "x"', refused('env.name-missing')),
  env('Name = "A"', refused('env.source-missing')),
  env('Name = "A"\nSecret = "s"', refused('env.secret-incomplete')),
  env('Name = "A"\nSecretKey = "k"', refused('env.secret-incomplete')),
  env('Name = "A"\nSecret = "s"\nSecretKey = "k"', fine),
  env('Name = "A"\nValue = "1"\nSecret = "s"\nSecretKey = "k"', refused('env.source-conflict')),
  env('Name = "A"\nValue = 1', refused('manifest.wrong-type')),
  env('Name = "A"\nValue = "1"\nOptional = true', warned('env.optional-unused')),
  env('Name = "A"\nValue = "1"\n[[Env]]\nName = "A"\nValue = "2"', warned('env.name-repeated')),
  after(
    '[Env] with single brackets',
    '[Env]\nName = "A"\nValue = "1"',
    refused('manifest.wrong-type'),
  ),
  after(
    'five thousand [[Env]] entries',
    Array.from({ length: 5000 }, (_, index) => `[[Env]]\nName = "V${index}"\nValue = ""`).join(
      '\n',
    ),
    fine,
  ),
  after(
    'ten thousand faulty [[Env]] entries',
    '[[Env]]\nName = "1"\n'.repeat(10_000),
    refused('env.name-invalid', 'env.source-missing'),
  ),
  file('/etc/my-app/config.json', fine),
  file('/config.json', folder),
  file('config.json', folder),
  file('./config.json', folder),
  file('/x/../config.json', folder),
  file('/resources/x.json', folder),
  file('/resources/a/b/x.json', folder),
  file('/a/../resources/x.json', folder),
  file('/resources2/x.json', fine),
  file('../x/y.json', folder),
  file('/etc/x/', filePath),
  file('/etc/x/..', filePath),
  file('', filePath),
  file('/etc/a:b/c', filePath),
  file('C:\\\\x\\\\y', filePath),
  file('/etc/x\\u0000/y', filePath),
  file('etc/x.json', warned('file.path-relative')),
  after(
    'two [[File]] in one folder',
    '[[File]]\nPath = "/etc/x/a"\nValue = ""\n[[File]]\nPath = "/etc//x/b"\nValue = ""',
    refused('file.folder-repeated'),
  ),
  after('a [[File]] without a path', '[[File]]\nValue = ""', refused('file.path-missing')),
  opens('https://example.com/x?y=1', fine),
  opens('HTTP://example.com', fine),
  opens('example.com', address),
  opens('javascript:alert(1)', address),
  opens('data:text/html,hi', address),
  opens('file:///etc/passwd', address),
  opens('//example.com', address),
  opens('https://', address),
  opens('https://exa mple.com', address),
  opens('https://example.com\\njavascript:x', address),
  opens(' https://example.com', address),
  opens('https://[', address),
  link('a link without an address', '[Link]', refused('link.address-missing')),
  link('a link without [Link]', '', refused('link.address-missing')),
  link(
    'a link with [Runtime]',
    '[Link]\nAddress = "https://a.b"\n[Runtime]\nModule = "app"',
    refused('link.runtime-present'),
  ),
  link(
    'a link with [[File]]',
    '[Link]\nAddress = "https://a.b"\n[[File]]\nPath = "/a/b"\nValue = ""',
    refused('link.file-present'),
  ),
  after('[Link] that nobody opens', '[Link]\nAddress = "https://a.b"', warned('link.unused')),
  after(
    'the prototype as a section',
    '[__proto__]\nName = "x"',
    warned('manifest.unknown-section'),
  ),
  after(
    'the prototype as a key',
    '__proto__ = 1\nconstructor = 2\ntoString = 3',
    warned('manifest.unknown-key'),
  ),
  after(
    'a key with a color for the terminal',
    '"\\u001b[31mred" = 1',
    warned('manifest.unknown-key'),
  ),
  after(
    'a key that turns the reading direction',
    '"\\u202eevil" = 1',
    warned('manifest.unknown-key'),
  ),
  after(
    'a key of 100,000 characters',
    `"${'k'.repeat(100_000)}" = 1`,
    warned('manifest.unknown-key'),
  ),
  after('a wheel list as a key', 'Wheels = ["x.whl"]', warned('manifest.unknown-key')),
]
