import { expect, test } from 'vitest'
import { openArchive } from '../zip/open-archive.ts'
import { writeZip } from '../testing/zip-writer.ts'
import { findStrayFiles, strayCodeOf } from './stray-files.ts'

const PATHS = {
  'content.git': ['.git/config', 'lib/.git/HEAD'],
  'content.virtual-environment': ['venv/bin/python', 'x/.venv/pip.py', 'lib/site-packages/a.py'],
  'content.node-modules': ['node_modules/a/b.js'],
  'content.macos': ['__MACOSX/._app.py', 'src/.DS_Store'],
  'content.windows': ['static/Thumbs.db', 'DESKTOP.INI'],
  'content.cache': ['__pycache__/app.cpython-311.pyc', 'src/__pycache__/a.pyc'],
  'content.editor': ['.vscode/settings.json'],
  'content.env-file': ['.env', 'conf/.env.production'],
  'content.credentials': ['.netrc'],
  'content.private-key': ['id_rsa', 'keys/ID_ED25519', 'keys/server.p12', 'a.JKS'],
  'content.bundle': ['old/app-1.0.0.wave'],
  'manifest.several': ['example/app.toml'],
}

async function codesOf(...paths: readonly string[]): Promise<string[]> {
  const entries = ['app.toml', 'src/app.py', ...paths].map((name) => ({ name, data: name }))
  const { archive } = await openArchive(new Blob([await writeZip({ entries })]))
  return archive === null ? [] : (await findStrayFiles(archive)).map(({ code }) => code)
}

test.each(Object.entries(PATHS).flatMap(([code, paths]) => paths.map((path) => [path, code])))(
  '%s is found as %s',
  async (path, code) => {
    // What the path says is what a look at the bytes of all names lets through.
    expect(await codesOf(path)).toEqual([code])
    expect(strayCodeOf(path)).toBe(code)
  },
)

test.each([
  'src/keyboard.py',
  'appendix.md',
  'src/identity.py',
  'sitemap.xml',
  'a.wav',
  'nodes.json',
])('%s belongs into a bundle', async (path) => {
  expect(await codesOf(path)).toEqual([])
})
