import type { App, TagDetail, TagInput } from '../../src/api/generated/types.gen.ts'
import { appBundle } from './bundles.ts'
import { type Caller, startTestPlatform, type TestPlatform } from './test-platform.ts'

/** A platform with people around its tags. */
export type TagWorld = {
  readonly platform: TestPlatform
  readonly admin: Caller
  /** Imports the apps. */
  readonly author: Caller
  readonly user: Caller
  /** Full access, and the role `tag-keepers`. */
  readonly keeper: Caller
  /** Has the role `partners-north`, and no full access. */
  readonly north: Caller
  /** Has the role `partners-south`, and no full access. */
  readonly south: Caller
}

export async function makeTagWorld(): Promise<TagWorld> {
  const platform = await startTestPlatform({ publicMode: true })
  const [admin, author, user, keeper, north, south] = await Promise.all([
    platform.as('admin'),
    platform.as('author'),
    platform.as('user'),
    platform.as('author-2'),
    platform.as('visitor'),
    platform.as('visitor-2'),
  ])
  await platform.platform.database
    .updateTable('users')
    .set({ roles: JSON.stringify(['full-access', 'tag-keepers']) })
    .where('id', '=', 'author-2')
    .execute()
  return { platform, admin, author, user, keeper, north, south }
}

export async function addTag(
  { admin }: Pick<TagWorld, 'admin'>,
  name: string,
  values: Partial<TagInput> = {},
): Promise<TagDetail> {
  const reply = await admin.post('/tags', { name, title: name, color: '#336699', ...values })
  const tag = await reply.json()
  if (reply.status !== 201) throw new Error(JSON.stringify(tag))
  return tag
}

export async function addApp(
  caller: Caller,
  options: Parameters<typeof appBundle>[0],
  visibility = 'ALL_USERS',
): Promise<App> {
  const reply = await caller.import(await appBundle(options), visibility)
  const app = await reply.json()
  if (reply.status !== 201) throw new Error(JSON.stringify(app))
  return app
}

/** Sends a change with the ETag that it is based on. */
export function change(
  caller: Caller,
  method: string,
  path: string,
  etag: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return caller.send(method, path, {
    headers: { 'Content-Type': 'application/json', 'If-Match': etag, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The names of the apps in somebody's catalog. */
export async function catalogOf(caller: Caller): Promise<string[]> {
  const { apps }: { apps: App[] } = await (await caller.get('/apps?pageSize=1000')).json()
  return apps.map(({ name }) => name).toSorted()
}
