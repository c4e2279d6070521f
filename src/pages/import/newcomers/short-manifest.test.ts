import { expect, test } from 'vitest'
import { readManifest } from '../../../bundle/manifest/read-manifest.ts'
import { shortManifest } from './short-manifest.ts'

test('the manifest that newcomers copy is right as it is', async () => {
  const { findings, manifest } = await readManifest(new TextEncoder().encode(shortManifest))
  expect(findings).toEqual([])
  expect(manifest).toMatchObject({
    name: 'my-first-app',
    version: '0.1.0',
    title: 'My first app',
    runtime: { appMode: 'python', module: 'app' },
  })
})
