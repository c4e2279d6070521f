import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { pixel } from '../support/pictures.ts'
import { type RawRequest, sendRaw } from '../support/raw.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'

const html = '<!doctype html><script>alert(1)</script>'

let platform: TestPlatform
let author: Caller
let app: App
let instance: Instance

beforeAll(async () => {
  platform = await startTestPlatform({ limits: { bundleBytes: 300_000 } })
  author = await platform.as('author')
  const bundle = await appBundle({
    name: 'target',
    files: { 'static/icon.png': html, 'static/screenshot-1.png': pixel, 'page.html': html },
  })
  app = await (await author.import(bundle)).json()
  instance = await (await author.post(`/apps/${app.id}/run`)).json()
})
afterAll(() => platform.end())

const raw = (request: RawRequest) => sendRaw(platform.url, request)
const hostOf = ({ id }: Instance) => `${id}.localhost:${new URL(platform.url).port}`

describe('what others wrote stays what it is', () => {
  test('names that would break out of a header are refused', async () => {
    for (const name of ['a"b', 'a\\r\\nX-Injected: 1', 'a;b', '../a', 'a\\u0000b']) {
      const reply = await author.import(await appBundle({ name }))
      expect(reply.status).toBe(422)
    }
    const admin = await platform.as('admin')
    const input = { name: 'a\r\nX-Injected: 1', title: 'x', color: '#000000' }
    expect((await admin.post('/tags', input)).status).toBe(422)
    const reply = await author.get(`/apps/${app.id}/bundle`)
    expect(reply.headers.get('Content-Disposition')).toBe(
      'attachment; filename="target.1.0.0.wave"',
    )
  })

  test.each([
    ['//elsewhere.example/', '/elsewhere.example/'],
    ['/.//elsewhere.example/', '/elsewhere.example/'],
    ['/%0d%0aX-Injected:%201', '/%0d%0aX-Injected:%201'],
    ['/\\elsewhere.example', '/elsewhere.example'],
  ])('a ticket at %s leads nowhere else', async (place, location) => {
    const [before, after] = [place, '?wavedeck_ticket=none']
    const reply = await raw({ path: before + after, headers: { Host: hostOf(instance) } })
    if (reply.status === 303) {
      const target = new URL(reply.headers.get('Location') ?? '', `http://${hostOf(instance)}`)
      expect(target.host).toBe(hostOf(instance))
      expect([location, '/']).toContain(target.pathname)
    }
    expect(reply.headers.has('X-Injected')).toBe(false)
  })

  test.each(['http://[', '*', 'elsewhere.example:80'])(
    'an app’s host asked for %s says that it can’t be read',
    async (path) => {
      const reply = await raw({ path, headers: { Host: hostOf(instance) } })
      expect(reply.status).toBe(400)
    },
  )

  test('text with any writing in it comes back as it went', async () => {
    const admin = await platform.as('admin')
    const title = ' <b>&"\' 👩‍🔬 שלום é e\u0301 ${pwned(1)} %00 \\u0000 '
    const description = `${title}\r\n\t${title}`
    const made = await admin.post('/tags', { name: 'odd', title, description, color: '#000000' })
    const { id }: { id: string } = await made.json()
    expect(await (await admin.get(`/tags/${id}`)).json()).toMatchObject({ title, description })
  })

  test('markup named as a picture is no picture', async () => {
    expect(app.icon).toBeNull()
    expect((await problemOf(await author.get(`/apps/${app.id}/icon`))).code).toBe('image.not-found')
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    const tricky = `GIF89a/*${html}*/`
    const files = {
      'static/icon.png': svg,
      'static/screenshot-1.png': html,
      'static/screenshot-2.gif': tricky,
    }
    const made: App = await (await author.import(await appBundle({ name: 'markup', files }))).json()
    for (const place of [made.icon, ...made.screenshots]) {
      if (place === null) continue
      const reply = await raw({ path: place, headers: { Cookie: author.cookie ?? '' } })
      expect(reply.headers.get('Content-Type')).toMatch(/^image\/(png|jpeg|gif|webp)$/)
      expect(reply.headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(reply.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox")
    }
  })

  test('a page in a bundle is shown as text', async () => {
    const reply = await author.get(`/apps/${app.id}/files/page.html`)
    expect(await reply.text()).toBe(html)
    expect(reply.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
    expect(reply.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(reply.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox")
  })

  test.each([
    '..%2fapp.toml',
    '%2e%2e%2f%2e%2e%2fwavedeck.db',
    '%2fetc%2fpasswd',
    '.%2fapp.toml',
    'static%2f..%2fapp.toml',
    'app.toml%00.png',
    'app.toml%2f',
    'APP.TOML',
    'C:%5capp.toml',
    '..%5capp.toml',
    '%252e%252e%252fapp.toml',
    '__proto__',
    'static',
    '%ff',
  ])('%s is no file of the bundle', async (place) => {
    const headers = { Cookie: author.cookie ?? '' }
    const reply = await raw({ path: `/api/v1/apps/${app.id}/files/${place}`, headers })
    expect(await problemOf(reply)).toMatchObject({ status: 404, code: 'file.not-found' })
  })

  test.each(['-1', '1', '00', '0x0', '0e0', '+0', '0.0', 'NaN', '%20', '99999999999999999999'])(
    '%s is no number of a screenshot',
    async (n) => {
      const headers = { Cookie: author.cookie ?? '' }
      const reply = await raw({ path: `/api/v1/apps/${app.id}/screenshots/${n}`, headers })
      expect(await problemOf(reply)).toMatchObject({ status: 404, code: 'image.not-found' })
    },
  )
})

describe('bodies', () => {
  const headers = () => ({ 'X-Wavedeck-Request': '1', Cookie: author.cookie ?? '' })

  test.each([
    ['PATCH', () => `/apps/${app.id}`, 'application/json', 'request.too-large'],
    ['POST', () => '/apps', 'application/zip', 'bundle.too-large'],
  ])(
    'are counted as they come, and a %s too large is told so',
    async (method, place, type, code) => {
      const chunked = { ...headers(), 'Content-Type': type, 'Transfer-Encoding': 'chunked' }
      const body = 'x'.repeat(2_000_000)
      const reply = await raw({ method, path: `/api/v1${place()}`, headers: chunked, body })
      expect(await problemOf(reply)).toMatchObject({ status: 413, code })
    },
  )

  test('that nobody asked for change nothing', async () => {
    const reply = await raw({
      method: 'POST',
      path: `/api/v1/instances/${instance.id}/resume`,
      headers: headers(),
      body: 'x'.repeat(1_000_000),
    })
    expect(reply.status).toBe(200)
  })
})
