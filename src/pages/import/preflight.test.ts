import { expect, test } from 'vitest'
import { environmentFixture, meFixture, people } from '../../../mocks/fixtures.ts'
import { actorFrom } from '../../api/session.ts'
import type { Manifest } from '../../bundle/manifest/manifest.ts'
import { readManifest } from '../../bundle/manifest/read-manifest.ts'
import { preflight, type PreflightBundle, type PreflightFacts } from './preflight.ts'

async function manifestOf(app = '', runtime = '', rest = ''): Promise<Manifest> {
  const text = `[App]\nName = "echo"\nVersion = "1.0.0"\n${app}\n[Runtime]\nModule = "server"\n${runtime}\n${rest}\n`
  const { manifest } = await readManifest(new TextEncoder().encode(text))
  if (manifest === null) throw new Error('The test’s manifest is wrong')
  return manifest
}

const facts: PreflightFacts = {
  actor: actorFrom(meFixture(people.author)),
  environment: environmentFixture(),
  published: { versions: [], own: 0 },
  secrets: [],
  tags: [],
}

async function check(bundle: Partial<PreflightBundle> = {}, over: Partial<PreflightFacts> = {}) {
  const manifest = bundle.manifest ?? (await manifestOf())
  const whole = {
    size: 1000,
    visibility: 'PRIVATE' as const,
    findings: [],
    ...bundle,
    manifest,
  }
  return preflight(whole, { ...facts, ...over }).map(({ state, words }) => `${state}: ${words}`)
}

test('a bundle that nothing stands against is fine in every line', async () => {
  expect(await check()).toEqual([
    'ok: 1 KB of at most 1.1 GB',
    'ok: echo 1.0.0 is free',
    'ok: You may import 10 more of 10 versions',
    'ok: Runs with Python 3.11',
  ])
})

test('a taken version blocks, and says whose it is', async () => {
  const taken = {
    id: 'a',
    version: '1.0.0',
    visibility: 'PRIVATE',
    lifecycle: 'ON_DEMAND',
    defaultProfile: null,
    createdAt: '',
  } as const
  const own = { versions: [{ ...taken, owner: people.author }], own: 1 }
  expect(await check({}, { published: own })).toContain(
    'blocking: echo 1.0.0 is there already, imported by you.',
  )
  const other = { versions: [{ ...taken, owner: people.user }], own: 0 }
  expect(await check({}, { published: other })).toContain(
    'blocking: echo 1.0.0 is there already, imported by Jonas Weber.',
  )
})

test('what isn’t valid is not said to be free', async () => {
  const words = (code: string) => check({ findings: [{ code }] })
  const [first, ...others] = await words('manifest.name-invalid')
  expect(first).toBe('warning: Whether its name is free is checked once the name is valid.')
  expect(others.join()).not.toContain('versions')
  for (const code of ['manifest.version-invalid', 'manifest.name-version-too-long']) {
    const lines = await words(code)
    expect(lines[0]).toBe(
      'warning: Whether its version is free is checked once the version is valid.',
    )
    expect(lines).toContain('ok: You may import 10 more of 10 versions')
  }
})

test('the limits block: versions, size, and who may import containers', async () => {
  expect(await check({}, { published: { versions: [], own: 10 } })).toContain(
    'blocking: You have 10 of 10 versions of echo.',
  )
  expect((await check({ size: 2_000_000_000 }))[0]).toMatch(/^blocking: It has 2 GB/)
  const container = await manifestOf('', 'AppMode = "container"\nCustomImage = "x/y:1"\nPort = 80')
  expect((await check({ manifest: container }))[0]).toBe(
    'blocking: Only an admin can import a container app.',
  )
  const admin = actorFrom(meFixture(people.admin))
  expect((await check({ manifest: container }, { actor: admin }))[0]).toMatch(/^ok/)
})

test('a public app needs a platform that has some', async () => {
  expect((await check({ visibility: 'PUBLIC' }))[0]).toBe(
    'blocking: This platform has no public apps.',
  )
  const environment = environmentFixture({ publicMode: true })
  expect((await check({ visibility: 'PUBLIC' }, { environment }))[0]).toMatch(/^ok/)
})

test('a runtime that is deprecated or unknown is a warning', async () => {
  const runtimes = [{ name: 'old', title: 'Old', default: true, deprecated: true }]
  const environment = environmentFixture({ runtimes })
  expect(await check({}, { environment })).toContain('warning: Old is deprecated and will go.')
  const manifest = await manifestOf('', 'RuntimeVersion = "deb11_py310"')
  expect((await check({ manifest }))[0]).toMatch(/^warning: It asks for the runtime deb11_py310/)
})

test('secrets: missing, without the key, optional, and there', async () => {
  const manifest = await manifestOf(
    '',
    '',
    '[[Env]]\nName = "A"\nSecret = "weather"\nSecretKey = "key"\n',
  )
  const secret = { name: 'weather', visibility: 'ALL_USERS', parent: null } as const
  expect((await check({ manifest }))[0]).toBe(
    'warning: The secret “weather” is missing: the app can’t run until it is there.',
  )
  expect((await check({ manifest }, { secrets: [{ ...secret, keys: ['other'] }] }))[0]).toMatch(
    /^warning: The secret “weather” has no key “key”/,
  )
  expect(await check({ manifest }, { secrets: [{ ...secret, keys: ['key'] }] })).toContain(
    'ok: Its secret is there',
  )
})

test('tags: missing, not to be assigned by everybody, and fine', async () => {
  const manifest = await manifestOf('Tags = ["fast"]')
  const tag = {
    id: 't',
    name: 'fast',
    title: 'Fast',
    color: '#000000',
    description: '',
    isCategory: false,
    adminRoles: ['curators'],
    visitorRoles: [],
    etag: '"1"',
    appCount: 0,
    versionCount: 0,
  }
  expect((await check({ manifest }))[0]).toMatch(/^warning: There is no tag “fast”/)
  expect((await check({ manifest }, { tags: [tag] }))[0]).toMatch(
    /^warning: You may not assign the tag “Fast”/,
  )
  expect(await check({ manifest }, { tags: [{ ...tag, adminRoles: [] }] })).toContain(
    'ok: Its tags are there, and yours to assign',
  )
})

test('what isn’t known yet is left out', async () => {
  const lines = await check({}, { published: undefined, secrets: undefined, tags: undefined })
  expect(lines).toEqual(['ok: 1 KB of at most 1.1 GB', 'ok: Runs with Python 3.11'])
})
