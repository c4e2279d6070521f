import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { operations } from '../support/contract.ts'
import { eventually } from '../support/eventually.ts'
import { type RawRequest, sendRaw } from '../support/raw.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

let platform: TestPlatform
let author: Caller
let app: App
let instance: Instance
let webRoot: string
let now = Date.parse('2026-03-01T12:00:00Z')
const later = (seconds: number) => (now += seconds * 1000)

beforeAll(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), 'wavedeck-web-'))
  await writeFile(
    path.join(webRoot, 'index.html'),
    '<!doctype html><style nonce="__CSP_NONCE__"></style>',
  )
  platform = await startTestPlatform({
    webRoot,
    now: () => new Date(now),
    // The clock is moved by more than half a day below; nothing is paused for that.
    limits: { instanceTimeoutSeconds: 1_000_000 },
  })
  author = await platform.as('author')
  app = await (await author.import(await appBundle())).json()
  instance = await launched()
})
afterAll(async () => {
  await platform.end()
  await rm(webRoot, { recursive: true })
})

async function launched(): Promise<Instance> {
  const { id }: Instance = await (await author.post(`/apps/${app.id}/run`)).json()
  return eventually(
    async (): Promise<Instance> => (await author.get(`/instances/${id}`)).json(),
    ({ status }) => status === 'DEPLOYED',
  )
}

const raw = (request: RawRequest) => sendRaw(platform.url, request)
const port = () => new URL(platform.url).port
const hostOf = ({ id }: Instance) => `${id}.localhost:${port()}`

async function whoIs(cookie: string): Promise<string | null> {
  const reply = await raw({ path: '/api/v1/me', headers: { Cookie: cookie } })
  const { user } = await reply.json()
  return user?.id ?? null
}

function signIn(headers: Record<string, string> = {}, persona = 'user'): Promise<Response> {
  return raw({
    method: 'POST',
    path: '/api/v1/session',
    headers: { 'X-Wavedeck-Request': '1', 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ persona }),
  })
}

describe('sessions', () => {
  test('a made-up cookie is never adopted', async () => {
    const madeUp = 'wavedeck_session=attacker-knows-this'
    const [given = ''] = (await signIn({ Cookie: madeUp })).headers.getSetCookie()
    expect(given).toMatch(/^wavedeck_session=[\w-]{43};/)
    expect(given).not.toContain('attacker')
    expect(await whoIs(madeUp)).toBeNull()
    expect(await whoIs(given.split(';')[0] ?? '')).toBe('user')
  })

  test('the session of before ends with signing in, also as the same person', async () => {
    const [first = ''] = (await signIn()).headers.getSetCookie()
    const cookie = first.split(';')[0] ?? ''
    await signIn({ Cookie: cookie })
    expect(await whoIs(cookie)).toBeNull()
  })

  test('end after half a day, at the catalog and at an app', async () => {
    const caller = await platform.as('author')
    const { url }: { url: string } = await (
      await caller.post(`/instances/${instance.id}/visit`)
    ).json()
    const { pathname, search } = new URL(url)
    const redirect = await raw({
      path: `${pathname}${search}`,
      headers: { Host: hostOf(instance) },
    })
    const visit = redirect.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const open = () => raw({ path: '/', headers: { Host: hostOf(instance), Cookie: visit } })
    expect((await open()).status).toBe(200)
    expect(await whoIs(caller.cookie ?? '')).toBe('author')
    later(12 * 60 * 60)
    expect(await whoIs(caller.cookie ?? '')).toBeNull()
    expect((await open()).status).toBe(403)
    author = await platform.as('author')
  })

  test('too many failures, or too many tries at all, have to wait for the next minute', async () => {
    later(60)
    for (let tries = 0; tries < 20; tries += 1) {
      expect((await signIn({}, 'nobody')).status).toBe(422)
    }
    const refused = await signIn()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Retry-After')).toBe('60')
    later(59)
    expect((await signIn()).headers.get('Retry-After')).toBe('1')
    later(1)
    for (let tries = 0; tries < 300; tries += 1) expect((await signIn()).status).toBe(200)
    expect((await signIn()).status).toBe(429)
    later(60)
    expect((await signIn()).status).toBe(200)
  })
})

describe('requests that other sites make', () => {
  const origins = {
    none: () => null,
    own: () => `http://localhost:${port()}`,
    foreign: () => 'https://elsewhere.example',
    opaque: () => 'null',
    'an app’s': () => `http://${hostOf(instance)}`,
    'another port’s': () => 'http://localhost:1',
    'like ours': () => `http://localhost:${port()}.elsewhere.example`,
    'ours over TLS': () => `https://localhost:${port()}`,
  }
  const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
  const unsafe = operations.filter(({ method }) => !safe.has(method))

  test.each(unsafe.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s is done for our own pages and for programs alone',
    async (_, { method, path: template }) => {
      for (const [name, origin] of Object.entries(origins)) {
        for (const header of [null, '0', '1']) {
          const value = origin()
          const reply = await raw({
            method,
            path: `/api/v1${template.replaceAll(/\{\w+\}/g, 'none')}`,
            headers: {
              ...(value === null ? {} : { Origin: value }),
              ...(header === null ? {} : { 'X-Wavedeck-Request': header }),
              'Content-Type': 'text/plain',
            },
          })
          const { code = '' }: { code?: string } = await reply.json().catch(() => ({}))
          const isOurs = name === 'none' || name === 'own'
          const isLetThrough = !/^request\.(foreign-origin|header-missing)$/.test(code)
          expect([name, header, isLetThrough]).toEqual([name, header, isOurs && header === '1'])
          if (!isLetThrough) expect(reply.status).toBe(403)
        }
      }
    },
  )

  test('no answer invites another origin', async () => {
    const headers = { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'PUT' }
    for (const [method, place] of [
      ['GET', '/me'],
      ['OPTIONS', '/me'],
      ['OPTIONS', '/uploads'],
    ] as const) {
      const reply = await raw({ method, path: `/api/v1${place}`, headers })
      expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
        [],
      )
      expect(reply.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    }
  })
})

describe('hosts', () => {
  test.each([
    'elsewhere.example',
    'localhost.elsewhere.example',
    'localhost.',
    'localhost:4600.elsewhere.example',
    'localhost@elsewhere.example',
    'user@localhost',
    '127.0.0.1.nip.example',
    '127.0.0.2',
    '0.0.0.0',
    '2130706433',
    '[::2]',
    'localhost, elsewhere.example',
  ])('“%s” is answered with where the platform is', async (host) => {
    const headers = { Host: host, 'X-Forwarded-Host': 'localhost', Cookie: author.cookie ?? '' }
    const reply = await raw({ path: '/api/v1/me', headers })
    expect(reply.status).toBe(421)
    expect(await reply.text()).toBe(`This platform is at ${platform.url}\n`)
  })

  test.each(['x.localhost.elsewhere.example', 'a.b.localhost', '-.localhost', 'apps.localhost'])(
    '%s is no way to the API',
    async (host) => {
      const headers = { Host: host, Cookie: author.cookie ?? '' }
      const reply = await raw({ path: '/api/v1/me', headers })
      expect([404, 421]).toContain(reply.status)
      expect(await reply.text()).not.toContain('Priya')
    },
  )

  test('an app’s host has no API, whatever cookie comes along', async () => {
    const withSession = { Host: hostOf(instance), Cookie: author.cookie ?? '' }
    for (const place of ['/api/v1/me', '/api/v1/session', '/docs/api', '/']) {
      const reply = await raw({ path: place, headers: withSession })
      expect(reply.status).toBe(403)
      expect(reply.headers.get('Content-Type')).toContain('text/html')
      expect(reply.headers.getSetCookie()).toEqual([])
    }
    const { url }: { url: string } = await (
      await author.post(`/instances/${instance.id}/visit`)
    ).json()
    const { search } = new URL(url)
    const redirect = await raw({ path: `/${search}`, headers: { Host: hostOf(instance) } })
    const visit = redirect.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const headers = { Host: hostOf(instance), Cookie: `${visit}; ${author.cookie}` }
    const reply = await raw({ path: '/api/v1/me', headers })
    // The app itself answers, and hears of no cookie of the platform's.
    const heard = await reply.text()
    expect(heard).toMatch(/^path=\/api\/v1\/me$/m)
    expect(heard).not.toMatch(/^cookie:/im)
  })
})

describe('pages', () => {
  test.each(['/', '/apps/anything', '/docs/api'])('%s allows nothing inline', async (place) => {
    const [first, second] = [await raw({ path: place }), await raw({ path: place })]
    expect(first.status).toBe(200)
    const policy = first.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toMatch(/unsafe-|\*|http:|https:/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(nonce.length).toBeGreaterThanOrEqual(22)
    expect(await first.text()).toContain(`nonce="${nonce}"`)
    // A nonce that stayed the same would let in whoever has seen it once.
    expect(second.headers.get('Content-Security-Policy')).not.toContain(nonce)
    expect(first.headers.get('X-Frame-Options')).toBe('DENY')
  })

  test.each([
    '/..%2f..%2fetc%2fpasswd',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd.txt',
  ])('%s leads to no file outside', async (place) => {
    const text = await (await raw({ path: place })).text()
    expect(text).not.toContain('root:')
    expect(text).not.toContain('"wavedeck"')
  })
})
