import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EntryPlan, writeZip } from '../src/bundle/testing/zip-writer.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const COMMAND = [process.execPath, path.join(ROOT, 'scripts/run.mjs'), 'scripts/inspect.ts']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-inspect-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Run = { code: number | null; out: string; err: string }

type RunOptions = {
  env?: Record<string, string>
  /** In a terminal: both outputs are one, and standard input is the terminal's. */
  terminal?: boolean
  /** Called with what has come so far; its answer is typed into the terminal. */
  type?: (seen: string) => string
}

// Python has the pseudo-terminals that Node lacks.
const TERMINAL = 'import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))'

function inspect(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { env = {}, terminal = false, type } = options
  const [program = '', ...rest] = terminal ? ['python3', '-c', TERMINAL, ...COMMAND] : COMMAND
  // Node takes a machine with CI for one without colours.
  const {
    FORCE_COLOR: _force,
    NO_COLOR: _no,
    COLUMNS: _columns,
    CI: _ci,
    ...inherited
  } = process.env
  const child = spawn(program, [...rest, ...args], {
    cwd: folder,
    env: { ...inherited, TERM: 'xterm-256color', ...env },
  })
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      const typed = type?.(out) ?? ''
      if (typed !== '') child.stdin.write(typed)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out: terminal ? shown(out) : out, err }))
  })
}

/** With the escapes that a terminal follows in plain sight. */
function shown(text: string): string {
  return text.replaceAll('\u001b', '<esc>').replaceAll('\r\n', '\n')
}

type Files = Readonly<Record<string, string>>

async function write(name: string, files: Files, more: EntryPlan[] = []): Promise<string> {
  const entries = Object.entries(files).map(([entry, data]) => ({ name: entry, data, method: 0 }))
  await writeFile(path.join(folder, name), await writeZip({ entries: [...entries, ...more] }))
  return name
}

const MANIFEST = `[App]
Name = "my-app"
Version = "1.0.0"
Title = "My App"
Description = "Does it."

[Runtime]
Module = "app"
`

/** Two pieces of advice: it has no pictures. */
const FINE: Files = { 'app.toml': MANIFEST, 'app.py': '' }

const NO_PICTURES = `2 pieces of advice

  bundle
    icon.missing
      The app has no icon, so the catalog shows a placeholder. Add static/icon.png, square and 400 to 1000 pixels wide.
      docs/findings.md#icon.missing

    screenshot.missing
      The app has no screenshots. Add some as static/screenshot-1.png and so on.
      docs/findings.md#screenshot.missing
`

describe('npm run inspect', () => {
  test('groups what it found by severity and file, with the lines it is about', async () => {
    const file = await write('broken.wave', {
      ...FINE,
      'app.toml': `${MANIFEST.replace('"app"', '"ap"')}MemoryLimit = "512 MB" # 日本\nColour = "red"`,
      'packages.txt': 'sudo apt install x11 libfoo\n',
    })
    expect(await inspect([file])).toEqual({
      code: 1,
      err: '',
      out: `broken.wave
My App 1.0.0
3 files, 483 bytes packed, 181 bytes unpacked

2 errors

  app.toml
    8:10  runtime.module-missing
      "python3 -m ap" wouldn't start: there is neither "ap.py" nor "ap/__main__.py". Add the file or correct the Module.
      7 │ [Runtime]
      8 │ Module = "ap"
        │          ^^^^
      9 │ MemoryLimit = "512 MB" # 日本
      docs/findings.md#runtime.module-missing

    9:15  runtime.quantity-invalid
      "512 MB" is no quantity. Write "512Mi" or "2Gi", as Kubernetes does.
       8 │ Module = "ap"
       9 │ MemoryLimit = "512 MB" # 日本
         │               ^^^^^^^^
      10 │ Colour = "red"
      fix: MemoryLimit = "512M"
      docs/findings.md#runtime.quantity-invalid

2 warnings

  app.toml
    10:1  manifest.unknown-key
      "Colour" is no key of [Runtime] that the platform knows, so it has no effect. Remove it.
       9 │ MemoryLimit = "512 MB" # 日本
      10 │ Colour = "red"
         │ ^^^^^^
      docs/findings.md#manifest.unknown-key

  packages.txt
    1:1  packages.command
      This is a command, but every line is given to apt as the name of a package. Write the names alone, one a line.
      1 │ sudo apt install x11 libfoo
        │ ^^^^
      fix: x11
           libfoo
      docs/findings.md#packages.command

${NO_PICTURES}
✗ broken.wave would be refused: 2 errors, 2 warnings, 2 pieces of advice

`,
    })
  })

  test('sums up several files, and names those that it couldn’t read', async () => {
    const fine = await write('fine.wave', FINE)
    const warned = await write('warned.wave', { ...FINE, '.env': '' })
    await mkdir(path.join(folder, 'my app'))
    const { code, out, err } = await inspect([fine, 'absent.wave', 'my app', warned])
    expect(code).toBe(2)
    expect(out).toContain(
      `${NO_PICTURES}\n✓ fine.wave is fine: 2 pieces of advice\n\nwarned.wave\n`,
    )
    expect(out).toMatch(/! warned\.wave can be imported, with warnings: 1 warning, 2 pieces of/)
    expect(out).toMatch(/\n4 files: 1 with warnings, 1 fine, 2 unreadable\n$/)
    expect(err).toBe(
      "absent.wave can’t be read: there is no such file.\nmy app is a folder. Pack it first: npm run pack -- 'my app'\n",
    )
  })

  test('folds advice beyond ten into a count, and shows it when asked', async () => {
    const spellings = 'keywords tags category instancetimeout setupguide longdescription'
      .split(' ')
      .map((key) => `${key} = ${key === 'keywords' || key === 'tags' ? '[]' : '""'}\n`)
    const lower = MANIFEST.replace(/^(Name|Version|Title|Description)/gm, (key) =>
      key.toLowerCase(),
    )
    const file = await write('advised.wave', {
      ...FINE,
      'app.toml': lower.replace('\n[Runtime]', `${spellings.join('')}\n[Runtime]`),
    })
    const short = await inspect([file])
    const whole = await inspect([file, '--all'])
    const addresses = /docs\/findings\.md#/g
    expect(short.code).toBe(0)
    expect(short.out).toContain('12 pieces of advice\n\n  bundle\n')
    expect(short.out.match(addresses)).toHaveLength(10)
    expect(short.out).toContain('\n  and 2 pieces of advice more, which --all shows\n')
    expect(whole.out.match(addresses)).toHaveLength(12)
    expect(whole.out).not.toContain('--all')
  })

  test('wraps messages to the columns there are, and shows the part of a long line that matters', async () => {
    const token = 'ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB3dE6gH9jK2'
    const long = `${'x'.repeat(300)} ${token} ${'y'.repeat(300)}`
    const file = await write('long.wave', { ...FINE, 'config.py': long })
    const { out } = await inspect([file], { env: { COLUMNS: '60' } })
    expect(out).toContain(`
    1:302  content.token
      This looks like a GitHub token (ghp_…), which
      everybody who downloads the bundle can read. Revoke
      it, and take it from a secret.
      1 │ xxxxxxxxxxxxxxxxxxxxxxx ghp_aB3dE6gH9jK2mN5pQ8sT1…
        │                         ^^^^^^^^^^^^^^^^^^^^^^^^^^
      docs/findings.md#content.token
`)
    const tooLong = out.split('\n').filter((line) => line.length > 60)
    expect(tooLong).toEqual([])
  })

  test('lets nothing that a bundle says steer the terminal', async () => {
    const evil = '\u001b]0;mine\u0007\u009b31m\u202e\u200b'
    const file = await write('evil.wave', {
      ...FINE,
      'app.toml': MANIFEST.replace('"My App"', '"\\u001b[2J\\u0007\\u202e"').replace(
        'Module = "app"',
        'Module = "\\u001b[31m"\nMemoryLimit = "\\u009b2J"\n"\\u001b[1m" = 1 # \u202e\u200b\u009b1m',
      ),
      'requirements.txt': `demo==1 ${evil}\n--index-url http://${evil}\n`,
      'packages.txt': `sudo ${evil}\n${evil}\n`,
    })
    const runs = [
      { args: [file], says: 'runtime.module-invalid' },
      { args: [file, '--against', file], says: 'The bundles are identical.' },
      { args: [`absent${evil}`], says: 'there is no such file' },
      { args: ['--\u001b[2J'], says: 'Usage:' },
    ]
    for (const { args, says } of runs) {
      const { out, err } = await inspect(args)
      const text = (out + err).replaceAll('\n', '')
      expect(text).toContain(says)
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  })

  test('says what changed since an older bundle', async () => {
    const old = await write('old.wave', FINE)
    const file = await write('new.wave', {
      ...FINE,
      'app.toml': MANIFEST.replace('1.0.0', '1.0.1').replace('"My App"', '"Our App"'),
    })
    const { code, out } = await inspect([file, '--against', old])
    expect(code).toBe(0)
    expect(out).toMatch(/✓ new\.wave is fine: 2 pieces of advice\n\nAgainst old\.wave\nManifest\n/)
    expect(out).toContain('  ~ Title "My App" → "Our App"')
  })
})

describe('npm run inspect, in JSON', () => {
  test('is one object for one file', async () => {
    const file = await write('one.wave', { ...FINE, 'app.toml': MANIFEST.replace('"app"', '"ap"') })
    const { code, out, err } = await inspect([file, '--json'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(JSON.parse(out)).toEqual({
      file: 'one.wave',
      verdict: 'error',
      findings: [
        {
          severity: 'error',
          code: 'runtime.module-missing',
          message:
            '"python3 -m ap" wouldn\'t start: there is neither "ap.py" nor "ap/__main__.py". Add the file or correct the Module.',
          path: 'app.toml',
          line: 8,
          column: 10,
        },
        expect.objectContaining({ severity: 'advice', code: 'icon.missing' }),
        expect.objectContaining({ severity: 'advice', code: 'screenshot.missing' }),
      ],
      manifest: expect.objectContaining({ name: 'my-app', version: '1.0.0', title: 'My App' }),
      stats: { size: 309, entryCount: 2, fileCount: 2, unpackedSize: 107 },
    })
  })

  test('is an array for several files, without those that it couldn’t read', async () => {
    const file = await write('listed.wave', FINE)
    const list = await inspect([file, 'absent.wave', '--json'])
    expect(list.code).toBe(2)
    expect(list.err).toBe('absent.wave can’t be read: there is no such file.\n')
    expect(JSON.parse(list.out)).toEqual([
      expect.objectContaining({ file: 'listed.wave', verdict: 'ok' }),
    ])
    const two = await inspect([file, file, '--json'])
    expect(two.code).toBe(0)
    expect(JSON.parse(two.out)).toHaveLength(2)
  })

  test('is nothing for a single file that can’t be read', async () => {
    const { code, out, err } = await inspect(['absent.wave', '--json'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('absent.wave')
  })

  test('is nothing where the bundle to compare with can’t be read', async () => {
    const file = await write('alone.wave', FINE)
    const { code, out, err } = await inspect([file, '--json', '--against', 'absent.wave'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe('absent.wave can’t be read: there is no such file.\n')
  })
})

describe('npm run inspect, called wrongly', () => {
  test('shows how it is used', async () => {
    const nothing = await inspect([])
    expect({ code: nothing.code, out: nothing.out }).toEqual({ code: 2, out: '' })
    expect(nothing.err).toMatch(/^Usage: npm run inspect -- FILE…/)
    const unknown = await inspect(['--colour', 'a.wave'])
    expect(unknown.code).toBe(2)
    expect(unknown.err).toMatch(/^Unknown option '--colour'.*\n\nUsage:/s)
    const help = await inspect(['--help'])
    expect(help.code).toBe(0)
    expect(help.out).toBe(nothing.err)
  })
})

describe('npm run inspect, in a terminal', () => {
  const COLOR = /<esc>\[\d+m/

  test('has colours, unless they aren’t wanted', async () => {
    const file = await write('coloured.wave', FINE)
    const coloured = await inspect([file], { terminal: true })
    expect(coloured.code).toBe(0)
    expect(coloured.out).toMatch(COLOR)
    expect((await inspect([file], { terminal: true, env: { NO_COLOR: '1' } })).out).not.toMatch(
      COLOR,
    )
    expect(shown((await inspect([file])).out)).not.toMatch(COLOR)
  })

  test('says how far a large file is, and takes that away again', async () => {
    const file = await large('large.wave')
    const { code, out } = await inspect([file], { terminal: true })
    expect(code).toBe(0)
    expect(out).toMatch(/\r<esc>\[2KVerifying large\.wave: \d+ %/)
    const last = out.lastIndexOf('Verifying')
    expect(out.indexOf('\r<esc>[2K', last)).toBeGreaterThan(last)
    expect(out.slice(out.indexOf('\r<esc>[2K', last))).not.toContain('%')
    expect((await inspect([file])).err).toBe('')
  })

  test('ends at Ctrl-C with nothing left on the line', async () => {
    const file = await large('stopped.wave')
    let isStopped = false
    const { code, out } = await inspect(Array(50).fill(file), {
      terminal: true,
      type(seen) {
        if (isStopped || !seen.includes('Verifying')) return ''
        isStopped = true
        return '\u0003'
      },
    })
    expect(code).toBe(130)
    expect(out.slice(out.lastIndexOf('Verifying'))).toMatch(
      /^Verifying stopped\.wave: \d+ %.*<esc>\[2K$/s,
    )
  })

  /** Of more bytes than are verified without a word. */
  function large(name: string): Promise<string> {
    return write(name, FINE, [
      { name: 'data.bin', data: new Uint8Array(40 * 1024 * 1024), method: 0 },
    ])
  }
})
