import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { zEnvironment, zMe } from '../../src/api/generated/zod.gen.ts'
import { problemOf, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.end())

describe('signing in', () => {
  test('makes a session that ends with signing out', async () => {
    const caller = await platform.as('author')
    const me = zMe.parse(await (await caller.get('/me')).json())
    expect(me).toMatchObject({ user: { id: 'author' }, access: 'fullAccess', admin: false })

    expect((await caller.delete('/session')).status).toBe(204)
    const after = zMe.parse(await (await caller.get('/me')).json())
    expect(after).toMatchObject({ user: null, access: 'anonymous' })
  })

  test('always makes a new session and ends the old one', async () => {
    const caller = await platform.as('user')
    const old = caller.cookie ?? ''
    await caller.post('/session', { persona: 'author' })
    expect(caller.cookie).not.toBe(old)
    const reply = await fetch(`${platform.url}/api/v1/me`, { headers: { cookie: old } })
    expect(await reply.json()).toMatchObject({ access: 'anonymous' })
  })

  test('sets a cookie that scripts and other sites can’t use', async () => {
    const caller = await platform.as()
    const reply = await caller.post('/session', { persona: 'user' })
    const [cookie] = reply.headers.getSetCookie()
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    expect(cookie).not.toMatch(/; Domain=/)
  })

  test('refuses an unknown persona and names the known ones', async () => {
    const caller = await platform.as()
    const { status, code, body } = await problemOf(
      await caller.post('/session', { persona: 'nobody' }),
    )
    expect([status, code]).toEqual([422, 'session.unknown-persona'])
    expect(body.title).toContain('author')
  })

  test('refuses a body that is not JSON, or not of the contract’s shape', async () => {
    const caller = await platform.as()
    const notJson = await caller.send('POST', '/session', { body: '{"persona"' })
    expect(await problemOf(notJson)).toMatchObject({ status: 400, code: 'request.invalid-json' })
    const wrong = await caller.post('/session', { persona: 7 })
    expect(await problemOf(wrong)).toMatchObject({
      status: 422,
      body: { violations: [{ field: 'persona' }] },
    })
  })
})

describe('requests from elsewhere', () => {
  test('a foreign Origin is refused', async () => {
    const caller = await platform.as('author')
    const reply = await caller.send('DELETE', '/session', {
      headers: { Origin: 'http://evil.example' },
    })
    expect(await problemOf(reply)).toMatchObject({ status: 403, code: 'request.foreign-origin' })
    expect(await (await caller.get('/me')).json()).toMatchObject({ user: { id: 'author' } })
  })

  test('an app’s own origin counts as foreign', async () => {
    const caller = await platform.as('author')
    const port = new URL(platform.url).port
    const reply = await caller.send('DELETE', '/session', {
      headers: { Origin: `http://some-instance.localhost:${port}` },
    })
    expect(await problemOf(reply)).toMatchObject({ status: 403, code: 'request.foreign-origin' })
  })

  test('without the header that only our pages send nothing changes', async () => {
    const reply = await fetch(`${platform.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"persona":"author"}',
    })
    expect(await problemOf(reply)).toMatchObject({ status: 403, code: 'request.header-missing' })
    expect(reply.headers.getSetCookie()).toEqual([])
  })
})

test('the environment is as the contract says, and every answer is marked', async () => {
  const caller = await platform.as()
  const reply = await caller.get('/environment')
  zEnvironment.parse(await reply.json())
  expect(reply.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(reply.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('an unknown address of the API is a problem, not a page', async () => {
  const caller = await platform.as()
  expect(await problemOf(await caller.get('/nothing'))).toMatchObject({
    status: 404,
    code: 'route.not-found',
  })
})
