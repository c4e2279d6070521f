import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import { inspectBundle } from '../inspect.ts'
import { withDevelopmentVersion } from './development-version.ts'
import { packBundle, type PackFile } from './pack.ts'
import { readPicked } from './picked-files.ts'

const TOML = '[App]\nName = "a"\nVersion = "1.0.0"\n[Runtime]\nModule = "app"\n'

type Files = Record<string, string | Uint8Array>

function files(contents: Files): PackFile[] {
  return Object.entries(contents).map(([path, data]) => ({
    path,
    read: async () => (typeof data === 'string' ? new TextEncoder().encode(data) : data),
  }))
}

async function namesOf(packed: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { archive } = await inspectBundle(new Blob([packed]))
  return archive?.entries.map((entry) => entry.path) ?? []
}

/** Bytes that no compression makes smaller, the same each time. */
function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state >>> 24
  })
}

describe('packBundle', () => {
  test('makes a bundle that the inspector accepts', async () => {
    const { bytes, left, fileCount, unpackedSize, size, root } = await packBundle(
      files({ 'app.toml': TOML, 'app.py': 'print("ü")', 'süß.txt': '' }),
    )
    const { verdict, archive } = await inspectBundle(new Blob([bytes]))
    expect(verdict).toBe('ok')
    expect({ left, fileCount, root }).toEqual({ left: [], fileCount: 3, root: '' })
    expect(unpackedSize).toBe(TOML.length + 11)
    expect(size).toBe(bytes.length)
    const entry = archive?.get('app.py')
    const text = entry && new TextDecoder().decode(await archive?.read(entry, 100))
    expect(text).toBe('print("ü")')
  })

  test('makes a zip that other programs read', async () => {
    const contents = { 'app.toml': TOML, 'a/ü.txt': 'x'.repeat(5000), 'noise.bin': noise(3000) }
    const zip = await JSZip.loadAsync((await packBundle(files(contents))).bytes, {
      checkCRC32: true,
    })
    expect(Object.keys(zip.files)).toEqual(['a/ü.txt', 'app.toml', 'noise.bin'])
    expect(await zip.file('a/ü.txt')?.async('string')).toBe('x'.repeat(5000))
    expect(await zip.file('noise.bin')?.async('uint8array')).toEqual(noise(3000))
    expect(zip.file('app.toml')?.date.toISOString()).toBe('1980-01-01T00:00:00.000Z')
  })

  test('gives the same bytes for the same files in any order', async () => {
    const list = files({ 'app.toml': TOML, 'b.py': '2'.repeat(500), 'a.py': '1' })
    const first = await packBundle(list)
    const second = await packBundle(list.toReversed())
    expect(second.bytes).toEqual(first.bytes)
    expect(await namesOf(first.bytes)).toEqual(['a.py', 'app.toml', 'b.py'])
  })

  test('compresses what becomes smaller by it', async () => {
    const { bytes } = await packBundle(
      files({ 'app.py': 'x'.repeat(9000), 'noise.bin': noise(9000), 'x.whl': 'x'.repeat(9000) }),
    )
    const { archive } = await inspectBundle(new Blob([bytes]))
    expect(archive?.entries).toMatchObject([
      { path: 'app.py', method: 'deflate' },
      { path: 'noise.bin', method: 'stored' },
      { path: 'x.whl', method: 'stored' },
    ])
  })

  test('reads a few files at a time, each once', async () => {
    let open = 0
    let most = 0
    const reads: string[] = []
    const list = Array.from({ length: 50 }, (_, index) => ({
      path: `f${index}`,
      async read() {
        reads.push(`f${index}`)
        most = Math.max(most, ++open)
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
        open--
        return new Uint8Array(100)
      },
    }))
    await packBundle(list)
    expect(most).toBeLessThanOrEqual(4)
    expect(new Set(reads).size).toBe(50)
    expect(reads).toHaveLength(50)
  })

  test('tells how far it is, and stops when told to', async () => {
    const list = files(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, 'x'])))
    const seen: number[] = []
    await packBundle(list, {
      onProgress: ({ done, total }) => {
        seen.push(done)
        expect(total).toBe(40)
      },
    })
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))

    const stop = new AbortController()
    const reason = new Error('enough')
    let done = 0
    const packing = packBundle(list, {
      signal: stop.signal,
      onProgress: (progress) => {
        ;({ done } = progress)
        if (done === 5) stop.abort(reason)
      },
    })
    await expect(packing).rejects.toBe(reason)
    expect(done).toBeLessThan(10)
  })

  test('takes paths as they come, but none outside', async () => {
    const { bytes } = await packBundle(
      files({ './app.toml': TOML, '/src//a.py': '', 'win\\b.py': '' }),
    )
    expect(await namesOf(bytes)).toEqual(['app.toml', 'src/a.py', 'win/b.py'])
    await expect(packBundle(files({ '../x': '' }))).rejects.toThrow('no path inside')
    await expect(packBundle(files({ x: '', './x': '' }))).rejects.toThrow('Two files')
  })

  test('names a file that can’t be read', async () => {
    const list = [{ path: 'a/b', read: () => Promise.reject(new Error('disk on fire')) }]
    await expect(packBundle(list)).rejects.toThrow('"a/b" can’t be read: disk on fire')
  })
})

describe('what is left out', () => {
  const leftOf = async (contents: Files) => {
    const { left } = await packBundle(files(contents))
    return left.map(({ path, fileCount, reason, pattern }) =>
      [path, fileCount, reason, pattern].join(' '),
    )
  }

  test('is what .appignore says, letter case included', async () => {
    const contents = {
      '.appignore': '\uFEFF# data\r\n*.csv\r\n!keep.csv\r\n/data/\r\n',
      'a.csv': '',
      'A.CSV': '',
      'keep.csv': '',
      'data/x': '',
      'data/y/z': '',
      'src/data/x': '',
    }
    expect(await leftOf(contents)).toEqual([
      'a.csv 1 .appignore *.csv',
      'data/ 2 .appignore /data/',
    ])
    const { bytes } = await packBundle(files(contents))
    expect(await namesOf(bytes)).toEqual(['.appignore', 'A.CSV', 'keep.csv', 'src/data/x'])
  })

  test('is what belongs to a machine, whatever .appignore says', async () => {
    const contents = {
      '.appignore': '!.git\n!.git/**\n!.DS_Store\n',
      'app.toml': TOML,
      '.git/HEAD': '',
      '.git/refs/x': '',
      '.gitignore': '',
      'a/__pycache__/b.pyc': '',
      '.venv/x': '',
      'a/.DS_Store': '',
      'old.wave': '',
    }
    expect(await leftOf(contents)).toEqual([
      '.git/ 2 always .git',
      '.venv/ 1 always .venv/',
      'a/.DS_Store 1 always .DS_Store',
      'a/__pycache__/ 1 always __pycache__/',
      'old.wave 1 always *.wave',
    ])
  })

  test('is what mostly holds secrets, unless .appignore brings it back', async () => {
    const secrets = { '.env': '', '.env.local': '', '.env.example': '', 'a/.netrc': '', id_rsa: '' }
    expect(await leftOf(secrets)).toEqual([
      '.env 1 secret .env',
      '.env.local 1 secret .env.*',
      'a/.netrc 1 secret .netrc',
      'id_rsa 1 secret id_rsa',
    ])
    expect(await leftOf({ '.env': '', '.appignore': '!.env\n' })).toEqual([])
  })

  test('is a link that isn’t followed', async () => {
    const link = { read: () => Promise.reject(new Error('no')), isLink: true }
    const { left, fileCount } = await packBundle([
      ...files({ 'app.toml': TOML }),
      { ...link, path: 'data' },
      { ...link, path: '.venv/bin/python' },
    ])
    expect(fileCount).toBe(1)
    expect(left).toEqual([
      { path: '.venv/', fileCount: 1, reason: 'always', pattern: '.venv/' },
      { path: 'data', fileCount: 1, reason: 'link', pattern: null },
    ])
  })
})

describe('the root', () => {
  test('is the nearest folder with an app.toml', async () => {
    const { bytes, root, left } = await packBundle(
      files({
        LICENSE: '',
        'docs/x.md': '',
        'docs/y.md': '',
        'apps/notes.txt': '',
        'apps/demo/app.toml': TOML,
        'apps/demo/.appignore': '/app.py',
        'apps/demo/app.py': '',
        'apps/demo/tests/app.toml': TOML,
        'venv/app.toml': '',
      }),
    )
    expect(root).toBe('apps/demo')
    expect(await namesOf(bytes)).toEqual(['.appignore', 'app.toml', 'tests/app.toml'])
    expect(left.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      'LICENSE outside',
      'app.py .appignore',
      'apps/notes.txt outside',
      'docs/ outside',
      'venv/ outside',
    ])
  })

  test('is asked for where there are several apps', async () => {
    const several = files({ 'a/app.toml': TOML, 'b/app.toml': TOML })
    await expect(packBundle(several)).rejects.toThrow('several apps: "a", "b"')
  })

  test('is the folder that was picked in a browser', async () => {
    const pick = (path: string, text: string) =>
      Object.assign(new File([text], path.slice(path.lastIndexOf('/') + 1)), {
        webkitRelativePath: path,
      })
    const picked = readPicked([pick('my app/app.toml', TOML), pick('my app/src/app.py', 'x')])
    const { bytes, root } = await packBundle(picked)
    expect(root).toBe('')
    expect(await namesOf(bytes)).toEqual(['app.toml', 'src/app.py'])
    expect(readPicked([new File(['x'], 'app.toml')]).map(({ path }) => path)).toEqual(['app.toml'])
  })
})

describe('withDevelopmentVersion', () => {
  const date = new Date('2026-03-04T05:06:07Z')

  test('changes the version that is packed, and nothing else', async () => {
    const list = await withDevelopmentVersion(files({ 'x/app.toml': TOML, 'x/app.py': '' }), date)
    const { bytes } = await packBundle(list)
    const { manifest } = await inspectBundle(new Blob([bytes]))
    expect(manifest).toMatchObject({ name: 'a', version: '1.0.0-20260304050607' })
    expect(await namesOf(bytes)).toEqual(['app.py', 'app.toml'])
  })

  test.each<[what: string, contents: Files]>([
    ['no app.toml', { 'app.py': '' }],
    ['no version', { 'app.toml': '[App]\nName = "a"\n' }],
    ['a version that is none', { 'app.toml': TOML.replace('1.0.0', '1') }],
    ['a broken app.toml', { 'app.toml': '[App' }],
  ])('says so where there is %s', async (_what, contents) => {
    await expect(withDevelopmentVersion(files(contents), date)).rejects.toThrow('app.toml')
  })
})
