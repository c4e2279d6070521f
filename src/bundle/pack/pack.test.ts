import { describe, expect, test } from 'vitest'
import { inspectBundle } from '../inspect.ts'
import { packBundle, type PackFile } from './pack.ts'

const TOML = '[App]\nName = "a"\nVersion = "1.0.0"\n[Runtime]\nModule = "app"\n'

function files(contents: Record<string, string>): PackFile[] {
  return Object.entries(contents).map(([path, text]) => ({
    path,
    read: async () => new TextEncoder().encode(text),
  }))
}

async function namesOf(packed: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { archive } = await inspectBundle(new Blob([packed]))
  return archive?.entries.map((entry) => entry.path) ?? []
}

describe('packBundle', () => {
  test('makes a bundle that the inspector accepts', async () => {
    const { bytes, left } = await packBundle(
      files({ 'app.toml': TOML, 'app.py': 'print("ü")', 'süß.txt': '' }),
    )
    const { verdict, archive } = await inspectBundle(new Blob([bytes]))
    expect(verdict).toBe('ok')
    expect(left).toEqual([])
    const entry = archive?.get('app.py')
    const text = entry && new TextDecoder().decode(await archive?.read(entry, 100))
    expect(text).toBe('print("ü")')
  })

  test('gives the same bytes for the same files in any order', async () => {
    const list = files({ 'app.toml': TOML, 'b.py': '2', 'a.py': '1' })
    const first = await packBundle(list)
    const second = await packBundle(list.toReversed())
    expect(second.bytes).toEqual(first.bytes)
    expect(await namesOf(first.bytes)).toEqual(['a.py', 'app.toml', 'b.py'])
  })

  test('honours .appignore, letter case included', async () => {
    const { bytes, left } = await packBundle(
      files({
        '.appignore': '*.csv\n!keep.csv\n/data/\n',
        'a.csv': '',
        'A.CSV': '',
        'keep.csv': '',
        'data/x': '',
        'src/data/x': '',
      }),
    )
    expect(left).toEqual(['a.csv', 'data/x'])
    expect(await namesOf(bytes)).toEqual(['.appignore', 'A.CSV', 'keep.csv', 'src/data/x'])
  })

  test('always leaves out what belongs to a machine, whatever .appignore says', async () => {
    const { left } = await packBundle(
      files({
        '.appignore': '!.git\n!.git/**',
        'app.toml': TOML,
        '.git/HEAD': '',
        'a/__pycache__/b.pyc': '',
        '.venv/x': '',
        'a/.DS_Store': '',
      }),
    )
    expect(left).toEqual(['.git/HEAD', '.venv/x', 'a/.DS_Store', 'a/__pycache__/b.pyc'])
  })

  test('takes paths as they come, but none outside', async () => {
    const { bytes } = await packBundle(
      files({ './app.toml': TOML, '/src//a.py': '', 'win\\b.py': '' }),
    )
    expect(await namesOf(bytes)).toEqual(['app.toml', 'src/a.py', 'win/b.py'])
    await expect(packBundle(files({ '../x': '' }))).rejects.toThrow('no path inside')
    await expect(packBundle(files({ x: '', './x': '' }))).rejects.toThrow('Two files')
  })
})
