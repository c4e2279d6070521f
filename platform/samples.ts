import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { packBundle } from '../src/bundle/pack/pack.ts'
import { readFolder } from './files/read-folder.ts'
import type { RunningPlatform } from './server.ts'
import { getSetting, putSetting } from './store/database.ts'
import { putSecret } from './store/secrets.ts'

const setting = 'samples-imported'

/** What `samples.json` lists, beside the folders of the bundles. */
type Samples = {
  bundles: { folder: string; owner: string; visibility: string; run: boolean }[]
  tags: Record<string, unknown>[]
  assignments: { app: string; version: string; tag: string }[]
  secrets: { name: string; visibility: 'ALL_USERS'; keys: Record<string, string> }[]
}

/**
 * Fills a new data folder with the sample apps, through the API like everybody's bundles.
 *
 * @param folder holds `samples.json` and one folder a bundle, each with an app.toml
 * @returns how many bundles were imported; 0 where that was done before
 */
export async function importSamples(
  { platform, url }: RunningPlatform,
  folder: string,
): Promise<number> {
  const { database } = platform
  if ((await getSetting(database, setting)) !== undefined) return 0
  const samples: Samples = JSON.parse(await readFile(path.join(folder, 'samples.json'), 'utf8'))
  for (const { name, visibility, keys } of samples.secrets) {
    // Secrets have no way in but the operator's.
    await putSecret(database, { name, visibility, ownerId: '', parent: null, values: keys })
  }

  const apps = new Map<string, string>()
  for (const bundle of samples.bundles) {
    const owner = await signIn(url, bundle.owner)
    const { bytes } = await packBundle(await readFolder(path.join(folder, bundle.folder)))
    const { body, status } = await owner(`/apps?visibility=${bundle.visibility}`, 'POST', {
      headers: { 'Content-Type': 'application/zip' },
      body: new Blob([bytes]),
    })
    // 409: an earlier start was interrupted between this import and the note below.
    if (status !== 201 && status !== 409) {
      throw new Error(`The sample ${bundle.folder} was refused: ${JSON.stringify(body)}`)
    }
    const id: string = status === 201 ? body.id : body.appId
    apps.set(bundle.folder, id)
    if (bundle.run && status === 201) {
      await owner(`/apps/${id}/run`, 'POST', json({ visibility: 'ALL_USERS' }))
    }
  }

  const admin = await signIn(url, 'admin')
  for (const tag of samples.tags) await admin('/tags', 'POST', json(tag))
  const { body: list } = await admin('/tags?pageSize=1000', 'GET')
  const tags: { id: string; name: string }[] = list.tags
  for (const { app, version, tag } of samples.assignments) {
    const appId = apps.get(`${app}-${version}`)
    const tagId = tags.find(({ name }) => name === tag)?.id
    if (appId === undefined || tagId === undefined)
      throw new Error(`No ${app} ${version} or ${tag}`)
    await admin(`/apps/${appId}/tags/${tagId}`, 'PUT')
  }
  await putSetting(database, setting, platform.now().toISOString())
  return samples.bundles.length
}

function json(value: unknown): RequestInit {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) }
}

/** A caller of the API with a session of its own. */
async function signIn(url: string, persona: string) {
  let cookie = ''
  const call = async (address: string, method: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}/api/v1${address}`, {
      ...init,
      method,
      headers: {
        'X-Wavedeck-Request': '1',
        cookie,
        ...Object.fromEntries(new Headers(init.headers)),
      },
    })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
  await call('/session', 'POST', json({ persona }))
  return call
}
