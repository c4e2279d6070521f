import { expect, test } from 'vitest'
import { readManifest } from '../src/bundle/manifest/read-manifest.ts'
import { catalogApps } from './catalog.ts'
import { contentsOf, fileList } from './contents.ts'

test('what is in made-up bundles says what their apps say', async () => {
  for (const app of catalogApps()) {
    const text = contentsOf(app)['app.toml'] ?? ''
    const { manifest } = await readManifest(new TextEncoder().encode(text), [])
    const { name, version, title, lifecycle, link } = app
    expect(manifest).toMatchObject({ name, version, title, lifecycle, link })
  }
})

test('files are listed with their sizes and checksums', () => {
  const [app] = catalogApps()
  const list = app === undefined ? [] : fileList(app)
  expect(list.find(({ path }) => path === 'app/__init__.py')).toMatchObject({
    size: 0,
    crc32: '00000000',
  })
})
