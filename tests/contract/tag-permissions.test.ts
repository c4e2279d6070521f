import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App, Instance, Problem, TagDetail } from '../../src/api/generated/types.gen.ts'
import { addApp, addTag, change } from '../support/tag-world.ts'
import { type Caller, startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

/**
 * The tag rows of the table of who may do what, tried out through the real API. What comes out is
 * docs/tag-permissions.md; `WAVEDECK_WRITE=1 npx vitest run --project unit tag-permissions` writes it anew.
 */
const file = 'docs/tag-permissions.md'

const columns = [
  'anonymous',
  'visitor, even with the tag’s admin role',
  'full access',
  'full access with the tag’s admin role',
  'owner of the app',
  'owner of an instance of it',
  'admin',
] as const
type Column = (typeof columns)[number]

/** The persona that stands for it, and the roles they get. */
const people: Record<Column, { persona: string | undefined; roles: string[] | null }> = {
  anonymous: { persona: undefined, roles: null },
  'visitor, even with the tag’s admin role': {
    persona: 'visitor',
    roles: ['partners-north', 'keepers'],
  },
  'full access': { persona: 'user', roles: ['full-access'] },
  'full access with the tag’s admin role': {
    persona: 'author-2',
    roles: ['full-access', 'keepers'],
  },
  'owner of the app': { persona: 'author', roles: ['full-access'] },
  'owner of an instance of it': { persona: 'visitor-2', roles: ['full-access'] },
  admin: { persona: 'admin', roles: null },
}

let platform: TestPlatform
let callers: Map<Column, Caller>
let admin: Caller
let open: App
let hidden: App
beforeAll(async () => {
  platform = await startTestPlatform()
  const { database } = platform.platform
  callers = new Map()
  for (const column of columns) {
    const { persona, roles } = people[column]
    callers.set(column, await platform.as(persona))
    if (persona === undefined || roles === null) continue
    await database
      .updateTable('users')
      .set({ roles: JSON.stringify(roles) })
      .where('id', '=', persona)
      .execute()
  }
  admin = await platform.as('admin')
  const author = await platform.as('author')
  open = await addApp(author, { name: 'open' })
  hidden = await addApp(author, { name: 'hidden' }, 'PRIVATE')
  const run = await callers.get('owner of an instance of it')?.post(`/apps/${open.id}/run`, {})
  const instance: Instance = await run?.json()
  expect(instance.app.id).toBe(open.id)
})
afterAll(() => platform.end())

type Subject = { readonly tag: TagDetail; readonly other: TagDetail }
type Action = {
  readonly name: string
  /** Whether the app that is asked about carries the tag beforehand. */
  readonly carried?: App
  readonly request: (caller: Caller, subject: Subject) => Promise<Response>
  /** Whether it has been done: asked of the platform, whatever the answer said. */
  readonly isDone?: (subject: Subject) => Promise<boolean>
}

const carries = async ({ id }: App, tag: TagDetail): Promise<boolean> => {
  const app: App = await (await admin.get(`/apps/${id}`)).json()
  return app.tags.some((one) => one.id === tag.id)
}
const isGone = async (tag: TagDetail) => (await admin.get(`/tags/${tag.id}`)).status === 404

const onApp = (what: string, app: () => App): Action[] => [
  {
    name: `assign it to ${what}`,
    request: (caller, { tag }) => caller.send('PUT', `/apps/${app().id}/tags/${tag.id}`),
    isDone: ({ tag }) => carries(app(), tag),
  },
  {
    name: `remove it from ${what}`,
    get carried() {
      return app()
    },
    request: (caller, { tag }) => caller.send('DELETE', `/apps/${app().id}/tags/${tag.id}`),
    isDone: async ({ tag }) => !(await carries(app(), tag)),
  },
]

const groups: Record<string, readonly Action[]> = {
  'see tags': [
    { name: 'list tags', request: (caller) => caller.get('/tags') },
    { name: 'see a tag', request: (caller, { tag }) => caller.get(`/tags/${tag.id}`) },
    {
      name: 'see what carries it',
      request: (caller, { tag }) => caller.get(`/tags/${tag.id}/apps`),
    },
    { name: 'see the roles that tags name', request: (caller) => caller.get('/roles') },
  ],
  'assign, remove, edit a tag': [
    {
      name: 'edit it',
      request: (caller, { tag }) =>
        change(caller, 'PATCH', `/tags/${tag.id}`, tag.etag, { title: 'Edited' }),
      isDone: async ({ tag }) => {
        const now: TagDetail = await (await admin.get(`/tags/${tag.id}`)).json()
        return now.title === 'Edited'
      },
    },
    {
      name: 'see the impact of an edit',
      request: (caller, { tag }) => caller.post(`/tags/${tag.id}/impact`, { visitorRoles: [] }),
    },
    ...onApp('an app that all users see', () => open),
    ...onApp('a private app of its owner', () => hidden),
    {
      name: 'assign it to many apps at once',
      request: (caller, { tag }) =>
        caller.post(`/tags/${tag.id}/assignments`, { assign: [open.id] }),
      isDone: ({ tag }) => carries(open, tag),
    },
  ],
  'create, merge, delete a tag': [
    {
      name: 'create one',
      request: (caller, { tag }) =>
        caller.post('/tags', { name: `${tag.name}-new`, title: 'New', color: '#000000' }),
      isDone: async ({ tag }) => {
        const { tags }: { tags: TagDetail[] } = await (
          await admin.get('/tags?pageSize=1000')
        ).json()
        return tags.some(({ name }) => name === `${tag.name}-new`)
      },
    },
    {
      name: 'merge another one into it',
      request: (caller, { tag, other }) =>
        change(caller, 'POST', `/tags/${tag.id}/merge`, tag.etag, {
          from: other.id,
          fromEtag: other.etag,
          adminRoles: [],
          visitorRoles: [],
        }),
      isDone: ({ other }) => isGone(other),
    },
    {
      name: 'delete it',
      request: (caller, { tag }) => change(caller, 'DELETE', `/tags/${tag.id}`, tag.etag),
      isDone: ({ tag }) => isGone(tag),
    },
  ],
}

const kinds = { 'no admin roles': [], 'admin roles': ['keepers'] }
let made = 0

/** Tries it on a tag of its own, and finds out whether it was done. */
async function attempt(action: Action, column: Column, adminRoles: string[]): Promise<string> {
  const caller = callers.get(column)
  if (caller === undefined) throw new Error(column)
  made += 1
  const tag = await addTag({ admin }, `tag-${made}`, { adminRoles })
  const other = await addTag({ admin }, `other-${made}`, { adminRoles })
  if (action.carried) await admin.send('PUT', `/apps/${action.carried.id}/tags/${tag.id}`)
  const reply = await action.request(caller, { tag, other })
  if (action.isDone) expect(await action.isDone({ tag, other })).toBe(reply.ok)
  if (reply.ok) return 'yes'
  const problem: Problem = await reply.json()
  return `no: ${reply.status} \`${problem.code}\``
}

const withFullAccess: readonly Column[] = columns.slice(2)
/** What the domain says, group by group: for a tag that has admin roles, and for one that has none. */
const expected: Record<string, { free: readonly Column[]; guarded: readonly Column[] }> = {
  'see tags': { free: withFullAccess, guarded: withFullAccess },
  'assign, remove, edit a tag': {
    free: withFullAccess,
    guarded: ['full access with the tag’s admin role', 'admin'],
  },
  'create, merge, delete a tag': { free: ['admin'], guarded: ['admin'] },
}
/** Nobody tags what they don't see. */
const seesHidden = new Set<Column>(['owner of the app', 'admin'])

const lines: string[] = []

describe.each(Object.entries(groups))('%s', (group, actions) => {
  const cases = actions.flatMap((action) =>
    Object.entries(kinds).map(([kind, adminRoles]) => ({
      action,
      kind,
      adminRoles,
      name: action.name,
    })),
  )
  test.each(cases)('$name, with $kind', async ({ action, kind, adminRoles, name }) => {
    const cells: string[] = []
    for (const column of columns) cells.push(await attempt(action, column, adminRoles))
    const may = columns.filter((_, index) => cells[index] === 'yes')
    const { free = [], guarded = [] } = expected[group] ?? {}
    const named = adminRoles.length === 0 ? free : guarded
    expect(may).toEqual(
      name.includes('private') ? named.filter((column) => seesHidden.has(column)) : named,
    )
    lines.push(`| ${name} | ${kind} | ${cells.join(' | ')} |`)
  })
})

test('the documentation says what came out', () => {
  const text = `# Who may do what with tags

Written by a test that tries everything through the API as everybody, each time on a tag of its own, and looks whether it
was done: \`WAVEDECK_WRITE=1 npx vitest run --project unit tag-permissions\`. \`npm test\` fails where this is not what
comes out. A refusal is given with its status and code; 404 for apps that the person may not see.

| action | the tag has | ${columns.join(' | ')} |
| --- | --- |${columns.map(() => ' --- |').join('')}
${lines.join('\n')}
`
  if (process.env['WAVEDECK_WRITE'] === '1') writeFileSync(file, text)
  expect(readFileSync(file, 'utf8'), `${file} is not current; write it anew`).toBe(text)
})
