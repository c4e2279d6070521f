import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  App,
  AssignmentResults,
  Change,
  TagDetail,
  TagImpact,
  TagPlan,
} from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import {
  addApp,
  addTag,
  catalogOf,
  change,
  makeTagWorld,
  type TagWorld,
} from '../support/tag-world.ts'
import { type Caller, problemOf } from '../support/test-platform.ts'
import { upload } from '../support/uploads.ts'

let world: TagWorld
beforeAll(async () => {
  world = await makeTagWorld()
})
afterAll(() => world.platform.end())

const tagsOf = async ({ id }: App, caller = world.admin): Promise<string[]> => {
  const app: App = await (await caller.get(`/apps/${id}`)).json()
  return app.tags.map(({ name }) => name)
}
const assign = async (app: App, tag: TagDetail, caller = world.admin) =>
  (await caller.send('PUT', `/apps/${app.id}/tags/${tag.id}`)).status
const impact = async (tag: TagDetail, plan: TagPlan, caller = world.admin): Promise<TagImpact> =>
  (await caller.post(`/tags/${tag.id}/impact?pageSize=1000`, plan)).json()

test('the visitors of the domain’s fixture see what they are meant to, and nothing else', async () => {
  const { database } = world.platform.platform
  const [ua, ub] = [await world.platform.as('visitor'), await world.platform.as('visitor-2')]
  for (const [id, role] of [
    ['visitor', 'RA'],
    ['visitor-2', 'RB'],
  ] as const) {
    await database
      .updateTable('users')
      .set({ roles: JSON.stringify([role]) })
      .where('id', '=', id)
      .execute()
  }
  const ta = await addTag(world, 'TA', { visitorRoles: ['RA', 'RC'] })
  const tb = await addTag(world, 'TB', { visitorRoles: ['RB'] })
  await addApp(world.author, { name: 'A1' })
  const a2 = await addApp(world.author, { name: 'A2' })
  const a3 = await addApp(world.author, { name: 'A3' }, 'PRIVATE')
  for (const [app, tag] of [
    [a2, ta],
    [a3, ta],
    [a3, tb],
  ] as const) {
    expect(await assign(app, tag)).toBe(204)
  }
  expect(await catalogOf(ua)).toEqual(['A2'])
  expect(await catalogOf(ub)).toEqual([])
  expect((await ua.post(`/apps/${a2.id}/run`, {})).status).toBe(201)
  expect((await ua.post(`/apps/${a3.id}/run`, {})).status).toBe(404)
  expect((await ub.get(`/apps/${a2.id}`)).status).toBe(404)
  // Of a tag's roles, visitors are told their own alone.
  const seen: App = await (await ua.get(`/apps/${a2.id}`)).json()
  expect(seen.tags.map(({ name, visitorRoles }) => [name, visitorRoles])).toEqual([['TA', ['RA']]])
  for (const [id, role] of [
    ['visitor', 'partners-north'],
    ['visitor-2', 'partners-south'],
  ] as const) {
    await database
      .updateTable('users')
      .set({ roles: JSON.stringify([role]) })
      .where('id', '=', id)
      .execute()
  }
})

describe('the impact told beforehand', () => {
  /** Whether a visitor with the role sees the app is asked of the platform, before and after. */
  async function seenBefore(apps: readonly App[]) {
    const look = async () => {
      const [north, south] = [await catalogOf(world.north), await catalogOf(world.south)]
      return apps.map(({ name }) => ({
        name,
        roles: [
          ...(north.includes(name) ? ['partners-north'] : []),
          ...(south.includes(name) ? ['partners-south'] : []),
        ],
      }))
    }
    const before = await look()
    return async () => {
      const after = await look()
      return before.flatMap(({ name, roles }, index) => {
        const now = after[index]?.roles ?? []
        const gained = now.filter((role) => !roles.includes(role))
        const lost = roles.filter((role) => !now.includes(role))
        const closed = roles.length > 0 && now.length === 0
        return gained.length + lost.length > 0 ? { name, gained, lost, closed } : []
      })
    }
  }
  const told = ({ apps }: TagImpact) =>
    apps
      .map(({ name, gained, lost, closed }) => ({ name, gained, lost, closed }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))

  test('is what happens: an edit, assigning, a merge, a deletion', async () => {
    const [north, south] = ['partners-north', 'partners-south']
    const tag = await addTag(world, 'gate', { adminRoles: ['admin'], visitorRoles: [north] })
    const other = await addTag(world, 'side-gate', { adminRoles: ['admin'], visitorRoles: [south] })
    const apps = [
      await addApp(world.author, { name: 'i-one' }),
      await addApp(world.author, { name: 'i-two' }),
      await addApp(world.author, { name: 'i-three' }),
      await addApp(world.author, { name: 'i-private' }, 'PRIVATE'),
      await addApp(world.author, { name: 'i-public' }, 'PUBLIC'),
    ] as const
    const [one, two, three, hidden, open] = apps
    for (const app of [one, two, hidden, open]) await assign(app, tag)
    await assign(two, other)
    const steps: { plan: TagPlan; apply: () => Promise<Response>; of?: TagDetail }[] = [
      {
        plan: { visitorRoles: [south] },
        apply: () =>
          change(world.admin, 'PATCH', `/tags/${tag.id}`, '*', { visitorRoles: [south] }),
      },
      {
        plan: { assign: [three.id], remove: [one.id] },
        apply: () =>
          world.admin.post(`/tags/${tag.id}/assignments`, { assign: [three.id], remove: [one.id] }),
      },
      {
        plan: { mergeFrom: other.id, visitorRoles: [north], adminRoles: [] },
        apply: () =>
          change(world.admin, 'POST', `/tags/${tag.id}/merge`, '*', {
            from: other.id,
            fromEtag: other.etag,
            adminRoles: [],
            visitorRoles: [north],
          }),
      },
      {
        plan: { delete: true },
        apply: () => change(world.admin, 'DELETE', `/tags/${tag.id}`, '*'),
      },
    ]
    for (const { plan, apply } of steps) {
      const before = await impact(tag, plan)
      const happened = await seenBefore(apps)
      expect((await apply()).status).toBeLessThan(300)
      const after = await happened()
      expect(after.length).toBeGreaterThan(0)
      expect(told(before)).toEqual(after.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      expect(before.totalSize).toBe(after.length)
    }
  })

  test('comes in pages, those that close first, and warns', async () => {
    const tag = await addTag(world, 'paged', { visitorRoles: ['p-a'], adminRoles: ['admin'] })
    const keeps = await addTag(world, 'keeps', { visitorRoles: ['p-b'] })
    const apps = [
      await addApp(world.author, { name: 'p-1', title: 'Alpha' }),
      await addApp(world.author, { name: 'p-2', title: 'Beta' }),
      await addApp(world.author, { name: 'p-3', title: 'Gamma' }, 'PRIVATE'),
    ] as const
    for (const app of apps) await assign(app, tag)
    await assign(apps[0], keeps)
    const plan = { visitorRoles: [], adminRoles: [] }
    const reply = await world.admin.post(`/tags/${tag.id}/impact?pageSize=1`, plan)
    expect(reply.headers.get('ETag')).toBe(tag.etag)
    const first: TagImpact = await reply.json()
    expect(first.apps.map(({ title, closed }) => [title, closed])).toEqual([['Beta', true]])
    expect(first).toMatchObject({ totalSize: 2, gained: 0, lost: 2, closed: 1, privateCount: 1 })
    expect(first.warnings.map(({ code }) => code)).toEqual(['apps-closed'])
    const next = await world.admin.post(
      `/tags/${tag.id}/impact?pageSize=1&pageToken=${first.nextPageToken}`,
      plan,
    )
    const second: TagImpact = await next.json()
    expect(second.apps.map(({ title, lost }) => [title, lost])).toEqual([['Alpha', ['p-a']]])
    expect(second.nextPageToken).toBeNull()
    const door = await impact(tag, { adminRoles: [] })
    expect(door.warnings.map(({ code }) => code)).toEqual(['open-door'])
  })

  test('names nothing that the asker may not see', async () => {
    const tag = await addTag(world, 'curious', {
      adminRoles: ['tag-keepers'],
      visitorRoles: ['partners-north'],
    })
    const hidden = await addApp(world.author, { name: 'very-secret' }, 'PRIVATE')
    await assign(hidden, tag)
    for (const plan of [{ visitorRoles: [] }, { remove: [hidden.id] }, { assign: [hidden.id] }]) {
      const reply = await world.keeper.post(`/tags/${tag.id}/impact`, plan)
      const text = await reply.text()
      expect(reply.status).toBe(200)
      expect(text).not.toContain('very-secret')
    }
    expect((await impact(tag, { visitorRoles: [] }, world.keeper)).privateCount).toBe(1)
    // Asked for by its id, it isn't there.
    const byId = await impact(tag, { remove: [hidden.id] }, world.keeper)
    expect(byId).toMatchObject({ totalSize: 0, privateCount: 0 })
  })

  test('is for those who may do it', async () => {
    const tag = await addTag(world, 'guarded-impact', { adminRoles: ['tag-keepers'] })
    const ask = async (caller: Caller, plan: TagPlan) =>
      (await caller.post(`/tags/${tag.id}/impact`, plan)).status
    expect(await ask(world.user, { visitorRoles: [] })).toBe(403)
    expect(await ask(world.keeper, { visitorRoles: [] })).toBe(200)
    expect(await ask(world.keeper, { delete: true })).toBe(403)
    expect(await ask(world.keeper, { mergeFrom: tag.id })).toBe(403)
    expect(await ask(world.north, { visitorRoles: [] })).toBe(403)
  })

  test.each<[string, (tag: TagDetail) => TagPlan, string]>([
    ['merging a tag into itself', ({ id }) => ({ mergeFrom: id }), 'mergeFrom'],
    ['deleting what is merged into', () => ({ mergeFrom: 'x', delete: true }), 'delete'],
    ['assigning and removing at once', () => ({ assign: ['x'], remove: ['x'] }), 'remove'],
    ['a role twice', () => ({ visitorRoles: ['a', 'a'] }), 'visitorRoles.1'],
  ])('%s is refused', async (name, plan, field) => {
    const tag = await addTag(world, name.replaceAll(' ', '-'))
    const { status, body } = await problemOf(
      await world.admin.post(`/tags/${tag.id}/impact`, plan(tag)),
    )
    expect([status, body.violations?.map((one) => one.field)]).toEqual([422, [field]])
  })
})

describe('merging', () => {
  const roles = { adminRoles: ['tag-keepers'], visitorRoles: ['partners-north', 'partners-south'] }
  async function twoTags(name: string) {
    const into = await addTag(world, `${name}-into`, { visitorRoles: ['partners-north'] })
    const from = await addTag(world, `${name}-from`, { visitorRoles: ['partners-south'] })
    const app = await addApp(world.author, { name: `${name}-app` })
    const shared = await addApp(world.author, { name: `${name}-shared` })
    await assign(app, from)
    await assign(shared, from)
    await assign(shared, into)
    return { into, from, app, shared }
  }
  const merge = (
    { into, from }: { into: TagDetail; from: TagDetail },
    headers: Record<string, string> = {},
    body: object = {},
  ) =>
    change(
      world.admin,
      'POST',
      `/tags/${into.id}/merge`,
      into.etag,
      { from: from.id, fromEtag: from.etag, ...roles, ...body },
      headers,
    )

  test('moves the assignments, sets the roles that were said, and deletes the other', async () => {
    const two = await twoTags('m1')
    const reply = await merge(two)
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ ...roles, versionCount: 2 })
    expect(await tagsOf(two.app)).toEqual(['m1-into'])
    expect(await tagsOf(two.shared)).toEqual(['m1-into'])
    expect((await world.admin.get(`/tags/${two.from.id}`)).status).toBe(404)
    expect(await catalogOf(world.south)).toEqual(expect.arrayContaining(['m1-app', 'm1-shared']))
    const { apps }: { apps: App[] } = await (await world.user.get('/apps?q=m1-from')).json()
    expect(apps).toEqual([])
  })

  test('answers a retry as it did the first time, also ten at once', async () => {
    const two = await twoTags('m2')
    const key = { 'Idempotency-Key': 'merge-m2' }
    const replies = await Promise.all(Array.from({ length: 10 }, () => merge(two, key)))
    const answers: TagDetail[] = await Promise.all(replies.map((reply) => reply.json()))
    expect(new Set(answers.map(({ etag }) => etag)).size).toBe(1)
    expect((await merge(two, key)).status).toBe(200)
    expect((await merge(two)).status).toBe(404)
  })

  test.each(['into', 'from'] as const)(
    'over an edit of the one to merge %s is refused with it, and does nothing',
    async (which) => {
      const two = await twoTags(`m3-${which}`)
      const edited = two[which]
      await change(world.admin, 'PATCH', `/tags/${edited.id}`, edited.etag, { title: 'Edited' })
      const { status, body } = await problemOf(await merge(two))
      expect([status, body.tag?.id, body.tag?.title]).toEqual([412, edited.id, 'Edited'])
      expect(await tagsOf(two.app)).toEqual([two.from.name])
    },
  )

  test('with itself, with what is not there, and without saying the roles is refused', async () => {
    const two = await twoTags('m4')
    const itself = await problemOf(await merge({ into: two.into, from: two.into }))
    expect([itself.status, itself.body.violations?.[0]?.field]).toEqual([422, 'from'])
    expect((await merge(two, {}, { from: 'nothing' })).status).toBe(404)
    expect((await merge(two, {}, { visitorRoles: undefined })).status).toBe(422)
    expect((await merge(two, {}, { visitorRoles: ['a', 'a'] })).status).toBe(422)
    const plain = await world.admin.post(`/tags/${two.into.id}/merge`, { from: two.from.id })
    expect((await problemOf(plain)).status).toBe(428)
    expect(await tagsOf(two.app)).toEqual(['m4-from'])
  })
})

describe('assigning in bulk', () => {
  const send = (tag: TagDetail, body: object, caller = world.admin, etag?: string) =>
    etag === undefined
      ? caller.post(`/tags/${tag.id}/assignments`, body)
      : change(caller, 'POST', `/tags/${tag.id}/assignments`, etag, body)

  test('says of each version what became of it', async () => {
    const tag = await addTag(world, 'bulk', { adminRoles: ['tag-keepers'] })
    const apps = [
      await addApp(world.author, { name: 'b-one' }),
      await addApp(world.author, { name: 'b-two' }),
      await addApp(world.author, { name: 'b-secret' }, 'PRIVATE'),
    ] as const
    const [one, two, secret] = apps
    await assign(two, tag)
    const body = { assign: [one.id, two.id, secret.id, 'nothing'], remove: [] }
    const { results }: AssignmentResults = await (await send(tag, body, world.keeper)).json()
    const missing = {
      outcome: 'refused',
      code: 'app.not-found',
      message: 'There is no such app, or you may not see it.',
    }
    const fine = { code: null, message: null }
    expect(results).toEqual([
      { appId: one.id, outcome: 'assigned', ...fine },
      { appId: two.id, outcome: 'unchanged', ...fine },
      { appId: secret.id, ...missing },
      { appId: 'nothing', ...missing },
    ])
    expect(await tagsOf(secret)).toEqual([])
    const back = await send(tag, { remove: [one.id, secret.id] }, world.admin)
    const removed: AssignmentResults = await back.json()
    expect(removed.results.map(({ outcome }) => outcome)).toEqual(['removed', 'unchanged'])
    expect(await tagsOf(one)).toEqual([])
  })

  test('by somebody without the role is refused, and says whose it is', async () => {
    const tag = await addTag(world, 'bulk-guarded', { adminRoles: ['tag-keepers'] })
    const app = await addApp(world.author, { name: 'b-guarded' })
    const { status, code, body } = await problemOf(
      await send(tag, { assign: [app.id] }, world.author),
    )
    expect([status, code]).toEqual([403, 'tag.role-needed'])
    expect(body.title).toContain('tag-keepers')
  })

  test('with the ETag of what was looked at does nothing after somebody’s edit', async () => {
    const tag = await addTag(world, 'bulk-badge')
    const app = await addApp(world.author, { name: 'b-etag' })
    await change(world.admin, 'PATCH', `/tags/${tag.id}`, tag.etag, { visitorRoles: ['anybody'] })
    const late = await problemOf(await send(tag, { assign: [app.id] }, world.user, tag.etag))
    expect([late.status, late.body.tag?.visitorRoles]).toEqual([412, ['anybody']])
    expect(await tagsOf(app)).toEqual([])
  })

  test('a version in both lists, and too many of them, are refused', async () => {
    const tag = await addTag(world, 'bulk-odd')
    expect((await send(tag, { assign: ['a'], remove: ['a'] })).status).toBe(422)
    const many = Array.from({ length: 501 }, (_, n) => `app-${n}`)
    expect((await send(tag, { assign: many })).status).toBe(422)
    const most: AssignmentResults = await (await send(tag, { assign: many.slice(1) })).json()
    expect(most.results).toHaveLength(500)
  })

  test('of a tag that is deleted meanwhile leaves nothing behind', async () => {
    const tag = await addTag(world, 'bulk-race')
    const app = await addApp(world.author, { name: 'b-race' })
    const replies = await Promise.all([
      change(world.admin, 'DELETE', `/tags/${tag.id}`, '*'),
      ...Array.from({ length: 10 }, () => send(tag, { assign: [app.id] })),
    ])
    for (const { status } of replies) expect([200, 204, 404]).toContain(status)
    expect(await tagsOf(app)).toEqual([])
  })
})

describe('an import', () => {
  const body = (name: string, tags: readonly string[]) =>
    appBundle({ name, app: `Tags = ${JSON.stringify(tags)}` })

  test('gets the manifest’s tags that its author may assign, and says which it doesn’t', async () => {
    await addTag(world, 'imp-free')
    await addTag(world, 'imp-guarded', { adminRoles: ['tag-keepers'] })
    const bundle = await body('imp-app', ['imp-free', 'imp-guarded', 'imp-none', 'IMP-FREE'])
    const key = { 'Idempotency-Key': 'imp-app' }
    const reply = await world.author.import(bundle, 'ALL_USERS', key)
    const app: App = await reply.json()
    expect(reply.status).toBe(201)
    expect(app.tags.map(({ name }) => name)).toEqual(['imp-free'])
    expect(app.skippedTags).toEqual([
      {
        name: 'imp-guarded',
        code: 'tag.role-needed',
        message: 'This tag is for people with one of its admin roles: tag-keepers.',
      },
      { name: 'imp-none', code: 'tag.not-found', message: 'There is no such tag here.' },
      { name: 'IMP-FREE', code: 'tag.not-found', message: 'There is no such tag here.' },
    ])
    const again = await world.author.import(bundle, 'ALL_USERS', key)
    expect(await again.json()).toEqual(app)
    const later: App = await (await world.author.get(`/apps/${app.id}`)).json()
    expect('skippedTags' in later).toBe(false)
  })

  test('does so by the keeper of a tag, and from an upload', async () => {
    await addTag(world, 'imp-kept', {
      adminRoles: ['tag-keepers'],
      visitorRoles: ['partners-north'],
    })
    const id = await upload(world.keeper, await body('imp-upload', ['imp-kept', 'imp-lost']))
    const reply = await world.keeper.post(`/uploads/${id}/import?visibility=ALL_USERS`)
    const app: App = await reply.json()
    expect(app.tags.map(({ name }) => name)).toEqual(['imp-kept'])
    expect(app.skippedTags?.map(({ name }) => name)).toEqual(['imp-lost'])
    expect(await catalogOf(world.north)).toContain('imp-upload')
  })

  test('of a bundle without tags says that none was left out', async () => {
    const app = await addApp(world.author, { name: 'imp-plain' })
    expect(app.skippedTags).toEqual([])
  })
})

describe('open pages', () => {
  /** What one person hears while something is done. */
  async function heardBy(caller: Caller, work: () => Promise<unknown>): Promise<Change[]> {
    const stop = new AbortController()
    const reply = await caller.send('GET', '/events', { signal: stop.signal })
    const heard: Change[] = []
    const reading = (async () => {
      const decoder = new TextDecoder()
      let text = ''
      for await (const chunk of reply.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const data = /^data: (.+)$/m.exec(block)?.[1]
          if (data === undefined) continue
          const heardNow: Change = JSON.parse(data)
          if (heardNow.appName === 'heard-last') return
          heard.push(heardNow)
        }
      }
    })()
    await work()
    // Everybody hears of this one, after all that was done before.
    const { changes } = world.platform.platform
    changes.publish({
      change: { kind: 'app', id: 'none', appName: 'heard-last', gone: false },
      mayHear: () => true,
    })
    await reading
    stop.abort()
    return heard
  }
  const kinds = (heard: readonly Change[]) =>
    heard.map(({ kind, id, gone }) => ({ kind, id, gone }))

  test('hear of tags and of the apps that they change; visitors of those they see or saw', async () => {
    const tag = await addTag(world, 'heard', {
      adminRoles: ['admin'],
      visitorRoles: ['partners-north'],
    })
    const app = await addApp(world.author, { name: 'ev-app' })
    await assign(app, tag)
    const edit = (visitorRoles: string[]) =>
      change(world.admin, 'PATCH', `/tags/${tag.id}`, '*', { visitorRoles })
    const aTag = { kind: 'tag', id: tag.id, gone: false }
    const anApp = { kind: 'app', id: app.id, gone: false }
    expect(kinds(await heardBy(world.user, () => edit([])))).toEqual([aTag, anApp])
    expect(kinds(await heardBy(world.north, () => edit(['partners-north'])))).toEqual([anApp])
    expect(kinds(await heardBy(world.north, () => edit([])))).toEqual([anApp])
    expect(kinds(await heardBy(world.north, () => edit(['partners-south'])))).toEqual([])
    const remove = () => world.admin.send('DELETE', `/apps/${app.id}/tags/${tag.id}`)
    expect(kinds(await heardBy(world.south, remove))).toEqual([anApp])
    // Removed already.
    expect(kinds(await heardBy(world.user, remove))).toEqual([])
    const drop = () => change(world.admin, 'DELETE', `/tags/${tag.id}`, '*')
    expect(kinds(await heardBy(world.user, drop))).toEqual([{ ...aTag, gone: true }])
  })
})
