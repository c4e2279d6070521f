import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  AppList,
  RoleList,
  TagDetail,
  TagDetailList,
  TaggedAppList,
} from '../../src/api/generated/types.gen.ts'
import { addApp, addTag, change, makeTagWorld, type TagWorld } from '../support/tag-world.ts'
import { type Caller, problemOf } from '../support/test-platform.ts'

let world: TagWorld
beforeAll(async () => {
  world = await makeTagWorld()
})
afterAll(() => world.platform.end())

const list = async (caller: Caller, query = ''): Promise<TagDetailList> =>
  (await caller.get(`/tags?pageSize=1000&${query}`)).json()
const read = async ({ id }: TagDetail, caller = world.admin): Promise<TagDetail> =>
  (await caller.get(`/tags/${id}`)).json()

describe('the list', () => {
  beforeAll(async () => {
    await addTag(world, 'fleet', { title: 'Zebra fleet', isCategory: true })
    await addTag(world, 'partners', { title: 'Äpfel', visitorRoles: ['list-role'] })
    await addTag(world, 'both', { isCategory: true, visitorRoles: ['list-role'] })
    const beta = await addTag(world, 'Beta', { description: 'Not finished yet' })
    const apps = [
      await addApp(world.author, { name: 'listed' }),
      await addApp(world.author, { name: 'listed', version: '2.0.0' }),
      await addApp(world.author, { name: 'own' }, 'PRIVATE'),
    ]
    for (const { id } of apps) await world.admin.send('PUT', `/apps/${id}/tags/${beta.id}`)
  })

  const names = async (query: string) =>
    (await list(world.admin, query)).tags.map(({ name }) => name)

  test('finds words in names, titles, descriptions and roles, in any letter case', async () => {
    expect(await names('q=ZEBRA')).toEqual(['fleet'])
    expect(await names('q=finished+beta')).toEqual(['Beta'])
    expect(await names('q=list-role')).toEqual(['both', 'partners'])
    expect(await names('q=%C3%A4pfel')).toEqual(['partners'])
    expect(await names('q=nowhere')).toEqual([])
  })

  test('filters by kind; a category that opens apps is found as both', async () => {
    expect(await names('kind=category')).toEqual(['both', 'fleet'])
    expect(await names('kind=authorization')).toEqual(['both', 'partners'])
    expect(await names('kind=badge')).toEqual(['Beta'])
    expect(await names('kind=badge&kind=category')).toEqual(['Beta', 'both', 'fleet'])
    const { kinds, totalSize } = await list(world.admin, 'kind=badge')
    expect(kinds).toEqual({ category: 2, authorization: 2, badge: 1 })
    expect(totalSize).toBe(1)
  })

  test.each([
    ['name', ['Beta', 'both', 'fleet', 'partners']],
    ['-name', ['partners', 'fleet', 'both', 'Beta']],
    ['title', ['Beta', 'both', 'fleet', 'partners']],
    ['kind', ['both', 'fleet', 'partners', 'Beta']],
    ['-kind', ['Beta', 'partners', 'both', 'fleet']],
    ['apps', ['both', 'fleet', 'partners', 'Beta']],
    ['-apps', ['Beta', 'both', 'fleet', 'partners']],
  ])('orders by %s, page after page', async (orderBy, expected) => {
    expect(await names(`orderBy=${orderBy}`)).toEqual(expected)
    const seen: string[] = []
    let token: string | null = ''
    while (token !== null) {
      const page: TagDetailList = await (
        await world.admin.get(
          `/tags?pageSize=1&orderBy=${orderBy}${token && `&pageToken=${token}`}`,
        )
      ).json()
      seen.push(...page.tags.map(({ name }) => name))
      token = page.nextPageToken
    }
    expect(seen).toEqual(expected)
  })

  test('counts the apps and versions that the caller may see', async () => {
    const countsFor = async (caller: Caller) => {
      const { tags } = await list(caller, 'q=beta')
      return tags.map(({ appCount, versionCount }) => [appCount, versionCount])
    }
    expect(await countsFor(world.admin)).toEqual([[2, 3]])
    expect(await countsFor(world.author)).toEqual([[2, 3]])
    expect(await countsFor(world.user)).toEqual([[1, 2]])
  })

  test('names the versions that carry a tag, as far as the caller may see them', async () => {
    const [beta] = (await list(world.admin, 'q=beta')).tags
    const carrying = async (caller: Caller, query = ''): Promise<string[]> => {
      const page: TaggedAppList = await (
        await caller.get(`/tags/${beta?.id}/apps?pageSize=1000${query}`)
      ).json()
      expect(page.totalSize).toBe(page.apps.length)
      return page.apps.map(({ name, version }) => `${name} ${version}`)
    }
    expect(await carrying(world.admin)).toEqual(['listed 2.0.0', 'listed 1.0.0', 'own 1.0.0'])
    expect(await carrying(world.user)).toEqual(['listed 2.0.0', 'listed 1.0.0'])
    expect(await carrying(world.admin, '&q=LISTED+2.0')).toEqual(['listed 2.0.0'])
    const seen: string[] = []
    let token: string | null = ''
    while (token !== null) {
      const page: TaggedAppList = await (
        await world.admin.get(`/tags/${beta?.id}/apps?pageSize=1${token && `&pageToken=${token}`}`)
      ).json()
      seen.push(...page.apps.map(({ version }) => version))
      token = page.nextPageToken
    }
    expect(seen).toEqual(['2.0.0', '1.0.0', '1.0.0'])
  })
})

describe('roles seen so far', () => {
  const roles = async (caller: Caller) => {
    const { roles: seen }: RoleList = await (await caller.get('/roles')).json()
    return new Map(seen.map((role) => [role.name, role]))
  }

  test('are those of tags, and for admins those of people', async () => {
    await addTag(world, 'role-tag', { adminRoles: ['editors'], visitorRoles: ['partners-east'] })
    const seen = await roles(world.admin)
    expect(seen.get('editors')).toEqual({ name: 'editors', adminOf: 1, visitorOf: 0, people: 0 })
    expect(seen.get('partners-east')).toMatchObject({ visitorOf: 1 })
    expect(seen.get('partners-north')).toMatchObject({ people: 1 })
    expect(seen.get('full-access')?.people).toBeGreaterThan(3)
  })

  test('others learn of no role that only people have, whatever tags they keep', async () => {
    await addTag(world, 'kept', { adminRoles: ['tag-keepers'] })
    for (const caller of [world.user, world.keeper]) {
      const seen = await roles(caller)
      expect(seen.has('partners-south')).toBe(false)
      expect(seen.has('editors')).toBe(true)
      expect([...seen.values()].every(({ people }) => people === null)).toBe(true)
    }
    expect((await roles(world.keeper)).has('tag-keepers')).toBe(true)
  })
})

describe('an edit', () => {
  test('over somebody else’s gets the tag as it is now, and changes nothing', async () => {
    const tag = await addTag(world, 'contested', { title: 'First' })
    const path = `/tags/${tag.id}`
    const second = await change(world.admin, 'PATCH', path, tag.etag, { title: 'Second' })
    expect(second.status).toBe(200)
    const late = await change(world.user, 'PATCH', path, tag.etag, { color: '#000000' })
    const { status, code, body } = await problemOf(late)
    expect([status, code]).toEqual([412, 'tag.edited-meanwhile'])
    expect(body.tag).toMatchObject({ title: 'Second', color: '#336699' })
    expect(late.headers.get('ETag')).toBe(body.tag?.etag)
    expect(await read(tag)).toEqual(body.tag)
    const again = await change(world.user, 'PATCH', path, body.tag?.etag ?? '', {
      color: '#000000',
    })
    expect(await again.json()).toMatchObject({ title: 'Second', color: '#000000' })
  })

  test('of twenty at the same moment, one is taken', async () => {
    const tag = await addTag(world, 'rush')
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, { title: `Edit ${n}` }),
      ),
    )
    const statuses = replies.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 412)).toHaveLength(19)
  })

  test('of a tag that is gone is told so', async () => {
    const tag = await addTag(world, 'gone')
    expect((await change(world.admin, 'DELETE', `/tags/${tag.id}`, tag.etag)).status).toBe(204)
    const late = await change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, { title: 'x' })
    expect(await problemOf(late)).toMatchObject({ status: 404, code: 'tag.not-found' })
  })

  test('deleting over somebody else’s edit is refused in the same way', async () => {
    const tag = await addTag(world, 'kept-by-edit')
    await change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, { title: 'Needed' })
    const late = await problemOf(await change(world.admin, 'DELETE', `/tags/${tag.id}`, tag.etag))
    expect(late).toMatchObject({ status: 412, body: { tag: { title: 'Needed' } } })
  })

  test('of nothing is refused', async () => {
    const tag = await addTag(world, 'unchanged')
    const reply = await change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, {})
    expect(reply.status).toBe(422)
    expect(await read(tag)).toEqual(tag)
  })
})

describe('a name', () => {
  test('that another tag has is refused with that tag, in whatever letter case', async () => {
    const taken = await addTag(world, 'Reserved', { title: 'Reserved already' })
    const other = await addTag(world, 'renamed')
    for (const reply of [
      await world.admin.post('/tags', { name: 'RESERVED', title: 'x', color: '#000000' }),
      await change(world.admin, 'PATCH', `/tags/${other.id}`, other.etag, { name: 'reserved' }),
    ]) {
      const { status, code, body } = await problemOf(reply)
      expect([status, code]).toEqual([409, 'tag.name-exists'])
      expect(body.title).toContain('Reserved already')
      expect(body.tag?.id).toBe(taken.id)
      expect(body.violations).toEqual([{ field: 'name', message: 'Taken by “Reserved already”' }])
    }
    expect(await read(other)).toEqual(other)
  })

  test('may change its own letter case', async () => {
    const tag = await addTag(world, 'lower')
    const reply = await change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, { name: 'LOWER' })
    expect(await reply.json()).toMatchObject({ name: 'LOWER' })
  })

  test('is given once to ten requests with one key, and to one of ten without', async () => {
    const input = (name: string) => ({ name, title: name, color: '#336699' })
    const same = await Promise.all(
      Array.from({ length: 10 }, () =>
        world.admin.post('/tags', input('once'), { 'Idempotency-Key': 'tag-once' }),
      ),
    )
    const made: TagDetail[] = await Promise.all(same.map((reply) => reply.json()))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    const rivals = await Promise.all(
      Array.from({ length: 10 }, () => world.admin.post('/tags', input('rivals'))),
    )
    const statuses = rivals.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(9)
  })
})

describe('what is not as it should be', () => {
  const right = { name: 'right', title: 'Right', color: '#336699' }
  test.each<[string, object, string]>([
    ['a name with a space', { name: 'a b' }, 'name'],
    ['a name with a zero byte', { name: 'a\u0000b' }, 'name'],
    ['a name of 64 letters', { name: 'x'.repeat(64) }, 'name'],
    ['a name turned around', { name: '\u202egnp' }, 'name'],
    ['markup for a name', { name: '<b>' }, 'name'],
    ['an empty title', { title: '' }, 'title'],
    ['a title of blanks', { title: ' \u200b ' }, 'title'],
    ['a title of two lines', { title: 'a\nb' }, 'title'],
    ['a title turned around', { title: '\u202eevil' }, 'title'],
    ['a title of 101 letters', { title: 'x'.repeat(101) }, 'title'],
    ['a colour by name', { color: 'red' }, 'color'],
    ['a colour with a style in it', { color: '#fff;background:url(//x)' }, 'color'],
    ['a colour of 8 digits', { color: '#33669900' }, 'color'],
    ['a colour and a line end', { color: '#336699\n' }, 'color'],
    ['a description with an escape', { description: '\u001b[2J' }, 'description'],
    ['a description of 501 letters', { description: 'x'.repeat(501) }, 'description'],
    ['51 roles', { adminRoles: Array.from({ length: 51 }, (_, n) => `r${n}`) }, 'adminRoles'],
    ['a role twice', { visitorRoles: ['a', 'a'] }, 'visitorRoles.1'],
    ['a role that ends with a space', { visitorRoles: ['a '] }, 'visitorRoles.0'],
    ['a role nobody can see', { adminRoles: ['a', 'a\u200b'] }, 'adminRoles.1'],
    ['a role of 101 letters', { adminRoles: ['x'.repeat(101)] }, 'adminRoles.0'],
    ['a number for a switch', { isCategory: 1 }, 'isCategory'],
    ['a field of no tag', { admin: true }, 'admin'],
    ['a prototype', JSON.parse('{"__proto__":{"isCategory":true}}'), '__proto__'],
  ])('%s is refused at its field, in new tags and in edits', async (_, values, field) => {
    const before = await list(world.admin)
    const made = await problemOf(await world.admin.post('/tags', { ...right, ...values }))
    expect([made.status, made.body.violations?.map((one) => one.field)]).toEqual([422, [field]])
    const [tag] = before.tags
    const edit = await change(world.admin, 'PATCH', `/tags/${tag?.id}`, '*', values)
    const edited = await problemOf(edit)
    expect([edited.status, edited.body.violations?.map((one) => one.field)]).toEqual([422, [field]])
    expect(await list(world.admin)).toEqual(before)
  })
})

describe('a category', () => {
  test('is in the catalog’s facet as soon as an app carries it, and gone as soon as it doesn’t', async () => {
    const app = await addApp(world.author, { name: 'faceted' })
    const tag = await addTag(world, 'logistics', { title: 'Logistics', isCategory: true })
    const facet = async (caller: Caller) => {
      const { facets }: AppList = await (await caller.get('/apps?q=faceted')).json()
      return facets.category.map(({ value, title, count }) => `${value} ${title} ${count}`)
    }
    expect(await facet(world.user)).toEqual(['Other Other 1'])
    await world.admin.send('PUT', `/apps/${app.id}/tags/${tag.id}`)
    expect(await facet(world.user)).toEqual(['logistics Logistics 1'])
    const renamed = await change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, {
      name: 'transport',
      title: 'Transport',
    })
    expect(await facet(world.user)).toEqual(['transport Transport 1'])
    const { etag }: TagDetail = await renamed.json()
    await change(world.admin, 'PATCH', `/tags/${tag.id}`, etag, { isCategory: false })
    expect(await facet(world.user)).toEqual(['Other Other 1'])
    await change(world.admin, 'PATCH', `/tags/${tag.id}`, '*', { isCategory: true })
    await change(world.admin, 'DELETE', `/tags/${tag.id}`, '*')
    expect(await facet(world.user)).toEqual(['Other Other 1'])
  })
})
