import { request } from 'node:http'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, AppList } from '../../src/api/generated/types.gen.ts'
import { zApp, zAppFileList, zAppList, zAppVersionList } from '../../src/api/generated/zod.gen.ts'
import { appBundle, bundleOf } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { pixel } from '../support/pictures.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'

let platform: TestPlatform
let author: Caller
let user: Caller
beforeAll(async () => {
  platform = await startTestPlatform({ limits: { bundleBytes: 200_000, versionsPerName: 3 } })
  author = await platform.as('author')
  user = await platform.as('user')
})
afterAll(() => platform.end())

/** What the data folder holds of bundles and images, without what is being received. */
async function blobCount(): Promise<number> {
  const folder = path.join(platform.dataDir, 'blobs')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).length
}

async function imported(
  caller: Caller,
  options: Parameters<typeof appBundle>[0],
  visibility?: string,
) {
  const reply = await caller.import(await appBundle(options), visibility)
  expect(reply.status).toBe(201)
  return zApp.parse(await reply.json())
}

const list = async (caller: Caller, query: string): Promise<AppList> =>
  zAppList.parse(await (await caller.get(`/apps?${query}`)).json())

describe('importing', () => {
  test('answers with the app and its address', async () => {
    const reply = await author.import(
      await appBundle({ name: 'first', app: 'Category = "Sales"\nKeywords = ["weekly"]' }),
    )
    expect(reply.status).toBe(201)
    const app: App = await reply.json()
    expect(reply.headers.get('Location')).toBe(`/api/v1/apps/${app.id}`)
    expect(app).toMatchObject({
      name: 'first',
      category: 'Sales',
      owner: { id: 'author' },
      lifecycle: 'ON_DEMAND',
    })
    expect(await (await user.get(`/apps/${app.id}`)).json()).toMatchObject({ id: app.id })
  })

  test('the same name and version again answers 409 and names the app', async () => {
    const app = await imported(author, { name: 'taken' })
    const again = await problemOf(await user.import(await appBundle({ name: 'taken' })))
    expect(again).toMatchObject({
      status: 409,
      code: 'app.version-exists',
      body: { appId: app.id },
    })
    expect(again.body.title).toContain('Priya Nair')
  })

  test('a taken version that one may not see is not given away', async () => {
    const app = await imported(author, { name: 'hidden' }, 'PRIVATE')
    const { status, body } = await problemOf(await user.import(await appBundle({ name: 'hidden' })))
    expect(status).toBe(409)
    expect(JSON.stringify(body)).not.toContain(app.id)
  })

  test('one of many imports of the same version at once succeeds', async () => {
    const bundle = await appBundle({ name: 'race' })
    const replies = await Promise.all(Array.from({ length: 8 }, () => author.import(bundle)))
    const made = replies.filter((reply) => reply.status === 201)
    const refused = replies.filter((reply) => reply.status === 409)
    expect([made.length, refused.length]).toEqual([1, 7])
  })

  test('a retry with the same key makes nothing twice', async () => {
    const bundle = await appBundle({ name: 'retried' })
    const key = { 'Idempotency-Key': 'import-1' }
    const replies = await Promise.all([1, 2, 3].map(() => author.import(bundle, 'PRIVATE', key)))
    expect(replies.map((reply) => reply.status)).toEqual([201, 201, 201])
    const ids = new Set(
      (await Promise.all(replies.map((reply) => reply.json()))).map(({ id }) => id),
    )
    expect(ids.size).toBe(1)
    const other = await author.import(await appBundle({ name: 'other' }), 'PRIVATE', key)
    expect(await problemOf(other)).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
  })

  test('visitors and anonymous people may not', async () => {
    const bundle = await appBundle({ name: 'not-theirs' })
    const visitor = await platform.as('visitor')
    const anonymous = await platform.as()
    expect((await visitor.import(bundle)).status).toBe(403)
    expect((await anonymous.import(bundle)).status).toBe(401)
  })

  test('an author has so many versions of a name and no more', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
      await imported(author, { name: 'many', version })
    }
    const fourth = await author.import(await appBundle({ name: 'many', version: '1.3.0' }))
    expect(await problemOf(fourth)).toMatchObject({ status: 409, code: 'app.too-many-versions' })
  })
})

describe('bad uploads leave nothing behind', () => {
  const bad: [
    string,
    () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>,
    number,
    string,
  ][] = [
    ['text', () => new TextEncoder().encode('hello'), 422, 'bundle.invalid'],
    ['nothing', () => new Uint8Array(), 400, 'upload.empty'],
    ['half a zip', async () => (await appBundle()).slice(0, 400), 422, 'bundle.invalid'],
    ['no manifest', () => bundleOf({ 'server.py': '' }), 422, 'bundle.invalid'],
    [
      'a manifest with wrong types',
      () => bundleOf({ 'app.toml': '[App]\nName = 7\nVersion = ["1"]\n[Runtime]\nModule = true' }),
      422,
      'bundle.invalid',
    ],
    [
      'too much',
      () =>
        appBundle({
          files: {
            'data.bin': crypto.getRandomValues(new Uint8Array(60_000)),
            'b.bin': crypto.getRandomValues(new Uint8Array(60_000)),
            'c.bin': crypto.getRandomValues(new Uint8Array(60_000)),
            'd.bin': crypto.getRandomValues(new Uint8Array(60_000)),
          },
        }),
      413,
      'bundle.too-large',
    ],
  ]
  test.each(bad)('%s', async (_, make, status, code) => {
    const before = await blobCount()
    const reply = await author.import(await make())
    const problem = await problemOf(reply)
    expect(problem).toMatchObject({ status, code })
    if (code === 'bundle.invalid') {
      expect(problem.body.findings?.some(({ severity }) => severity === 'error')).toBe(true)
    }
    expect(await blobCount()).toBe(before)
  })

  test('an upload that breaks off', async () => {
    const before = await blobCount()
    const bundle = await appBundle({ name: 'broken-off' })
    await new Promise<void>((resolve) => {
      const upload = request(`${platform.url}/api/v1/apps`, {
        method: 'POST',
        headers: {
          'X-Wavedeck-Request': '1',
          'Content-Type': 'application/zip',
          'Content-Length': bundle.length,
          cookie: author.cookie,
        },
      })
      upload.on('error', () => resolve())
      upload.write(bundle.subarray(0, 300), () => setImmediate(() => upload.destroy()))
    })
    await eventually(blobCount, (count) => count === before)
    expect((await list(author, 'q=broken-off')).totalSize).toBe(0)
  })

  test('a body of another kind', async () => {
    const reply = await author.send('POST', '/apps', {
      headers: { 'Content-Type': 'text/html' },
      body: '<p>',
    })
    expect(await problemOf(reply)).toMatchObject({ status: 415 })
  })
})

describe('the catalog', () => {
  test('shows one entry a name, with its newest version that the caller may see', async () => {
    for (const [version, visibility] of [
      ['1.9.0', 'ALL_USERS'],
      ['1.10.0', 'ALL_USERS'],
      ['2.0.0-rc.1', 'PRIVATE'],
    ]) {
      await imported(author, { name: 'versions', version }, visibility)
    }
    const version = async (caller: Caller) =>
      (await list(caller, 'name=versions')).apps.map((app) => app.version)
    expect(await version(user)).toEqual(['1.10.0'])
    expect(await version(author)).toEqual(['2.0.0-rc.1'])

    const { apps } = await list(user, 'name=versions')
    const reply = await user.get(`/apps/${apps[0]?.id}/versions`)
    const { versions } = zAppVersionList.parse(await reply.json())
    expect(versions.map((one) => one.version)).toEqual(['1.10.0', '1.9.0'])
  })

  test('finds by every word, and counts categories over what the search leaves', async () => {
    await imported(author, {
      name: 'zebra-one',
      app: 'Category = "Retail"\nDescription = "stripes"',
    })
    await imported(author, { name: 'zebra-two', app: 'Category = "Sales"' })
    const found = await list(user, 'q=ZEBRA')
    expect(found.totalSize).toBe(2)
    expect(found.facets.category).toEqual([
      { value: 'Retail', count: 1, title: 'Retail', color: null },
      { value: 'Sales', count: 1, title: 'Sales', color: null },
    ])
    const narrowed = await list(user, 'q=zebra&category=Sales')
    expect(narrowed.apps.map((app) => app.name)).toEqual(['zebra-two'])
    expect(narrowed.facets.category).toEqual(found.facets.category)
    expect((await list(user, 'q=zebra%20stripes')).totalSize).toBe(1)
    expect((await list(user, 'q=%25')).totalSize).toBe(0)
  })

  test('pages go on where they stopped while apps come and go', async () => {
    const names = ['page-a', 'page-b', 'page-c', 'page-d']
    for (const name of names) await imported(author, { name, app: '' })
    const first = await list(user, 'q=page-&pageSize=2&orderBy=newest')
    expect(first.apps.map((app) => app.name)).toEqual(['page-d', 'page-c'])
    await imported(author, { name: 'page-e' })
    await author.delete(`/apps/${first.apps[1]?.id}`)
    const second = await list(
      user,
      `q=page-&pageSize=2&orderBy=newest&pageToken=${first.nextPageToken}`,
    )
    expect(second.apps.map((app) => app.name)).toEqual(['page-b', 'page-a'])
    expect(second.nextPageToken).toBeNull()
  })

  test('refuses a query that is not of the contract', async () => {
    for (const query of ['pageSize=0', 'pageSize=x', 'scope=all', 'pageToken=nonsense']) {
      expect((await problemOf(await user.get(`/apps?${query}`))).status).toBe(400)
    }
  })

  test('shows visitors nothing that was not opened to them, and emails to nobody without full access', async () => {
    const app = await imported(author, { name: 'inside' })
    const visitor = await platform.as('visitor')
    expect((await list(visitor, '')).totalSize).toBe(0)
    expect((await visitor.get(`/apps/${app.id}`)).status).toBe(404)
    expect(app.owner.email).not.toBeNull()
  })
})

describe('an app', () => {
  test('that is not there answers 404', async () => {
    expect(await problemOf(await user.get('/apps/no-such-app'))).toMatchObject({
      status: 404,
      code: 'app.not-found',
    })
  })

  test('is shown and hidden by its owner alone', async () => {
    const app = await imported(author, { name: 'shown' }, 'PRIVATE')
    expect((await user.get(`/apps/${app.id}`)).status).toBe(404)
    expect((await user.patch(`/apps/${app.id}`, { visibility: 'ALL_USERS' })).status).toBe(404)
    expect((await author.patch(`/apps/${app.id}`, { visibility: 'ALL_USERS' })).status).toBe(200)
    const refused = await problemOf(await user.patch(`/apps/${app.id}`, { visibility: 'PRIVATE' }))
    expect(refused).toMatchObject({ status: 403, code: 'app.visibility-owner-only' })
  })

  test('with instances can’t be deleted; without, nothing of it is left', async () => {
    const before = await blobCount()
    const app = await imported(author, { name: 'deleted' })
    expect(await blobCount()).toBe(before + 1)
    const { id }: { id: string } = await (await user.post(`/apps/${app.id}/run`)).json()
    const refused = await problemOf(await author.delete(`/apps/${app.id}`))
    expect(refused).toMatchObject({ status: 409, body: { instances: [id] } })
    await user.delete(`/instances/${id}`)
    expect((await author.delete(`/apps/${app.id}`)).status).toBe(204)
    expect(await blobCount()).toBe(before)
  })

  test('lists its files with sizes and checksums', async () => {
    const app = await imported(author, {
      name: 'listed',
      files: { 'check.txt': '123456789', 'empty.txt': '' },
    })
    const { files } = zAppFileList.parse(await (await user.get(`/apps/${app.id}/files`)).json())
    expect(files).toContainEqual({
      path: 'check.txt',
      size: 9,
      packedSize: expect.any(Number),
      crc32: 'cbf43926',
    })
    expect(files).toContainEqual({
      path: 'empty.txt',
      size: 0,
      packedSize: expect.any(Number),
      crc32: '00000000',
    })
  })

  test('has a default profile, which a launch without one gets', async () => {
    const app = await imported(author, { name: 'profiled' })
    const path = `/apps/${app.id}`
    expect(app.defaultProfile).toBeNull()
    expect(await problemOf(await user.patch(path, { defaultProfile: 'large' }))).toMatchObject({
      status: 403,
    })
    for (const body of [{ defaultProfile: 'enormous' }, {}, { defaultProfile: 7 }]) {
      expect((await author.patch(path, body)).status).toBe(422)
    }
    const changed = zApp.parse(await (await author.patch(path, { defaultProfile: 'large' })).json())
    expect(changed).toMatchObject({ defaultProfile: 'large', visibility: app.visibility })
    const usual = await (await user.post(`${path}/run`)).json()
    const chosen = await (await user.post(`${path}/run`, { profile: 'default' })).json()
    expect([usual.profile, chosen.profile]).toEqual(['large', 'default'])
    const reset = await (await author.patch(path, { defaultProfile: null })).json()
    expect(reset.defaultProfile).toBeNull()
    for (const { id } of [usual, chosen]) await user.delete(`/instances/${id}`)
  })

  test('says which secrets are there, and since when one is missed', async () => {
    const app = await imported(author, {
      name: 'secretive',
      rest: [
        '[[Env]]\nName = "A"\nSecret = "nowhere"\nSecretKey = "a"',
        '[[Env]]\nName = "B"\nSecret = "nowhere"\nSecretKey = "b"\nOptional = true',
      ].join('\n'),
    })
    expect(app.preconditions).toMatchObject({
      runnable: false,
      problems: [{ code: 'secret.missing', since: app.createdAt }],
      secrets: { needed: 1, present: 0 },
    })
  })

  test('gives the pictures in its bundle, and nothing else as one', async () => {
    const app = await imported(author, {
      name: 'illustrated',
      files: {
        'docs/a plot.png': pixel,
        'docs/drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        'docs/page.png': '<html><script>alert(1)</script>',
      },
    })
    const picture = (path: string) =>
      user.get(`/apps/${app.id}/pictures/${encodeURIComponent(path)}`)
    const reply = await picture('docs/a plot.png')
    expect(reply.headers.get('Content-Type')).toBe('image/png')
    expect(reply.headers.get('Content-Security-Policy')).toContain('sandbox')
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(pixel)
    for (const path of ['docs/drawing.svg', 'docs/page.png', 'app.toml']) {
      expect(await problemOf(await picture(path))).toMatchObject({
        status: 422,
        code: 'file.not-picture',
      })
    }
    for (const path of ['docs', 'docs/', '../app.toml', 'gone.png']) {
      expect((await picture(path)).status).toBe(404)
    }
  })

  test('serves its pictures as what their bytes are', async () => {
    const app = await imported(author, {
      name: 'pictures',
      files: {
        'static/icon.png': pixel,
        'static/screenshot-1.png': '<html><script>alert(1)</script>',
        'static/screenshot-2.jpg': pixel,
      },
    })
    expect(app.screenshots).toHaveLength(1)
    for (const address of [app.icon, app.screenshots[0]]) {
      const reply = await fetch(`${platform.url}${address}`, {
        headers: { cookie: user.cookie ?? '' },
      })
      expect(reply.headers.get('Content-Type')).toBe('image/png')
      expect(reply.headers.get('Content-Security-Policy')).toContain('sandbox')
      expect(new Uint8Array(await reply.arrayBuffer())).toEqual(pixel)
    }
  })
})
