import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { packBundle } from '../src/bundle/pack.ts'
import { readFolder } from './files/read-folder.ts'
import type { RunningPlatform } from './server.ts'
import { getSetting, putSetting } from './store/database.ts'

const setting = 'samples-imported'

/**
 * Imports the sample apps into a new data folder, through the API like everybody's bundles.
 *
 * @param folder holds one folder a bundle, each with an app.toml
 * @returns how many were imported; 0 where that was done before
 */
export async function importSamples(
  { platform, url }: RunningPlatform,
  folder: string,
): Promise<number> {
  if ((await getSetting(platform.database, setting)) !== undefined) return 0
  const api = `${url}/api/v1`
  const unsafe = { 'X-Wavedeck-Request': '1' }
  const session = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { ...unsafe, 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona: 'author' }),
  })
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  let imported = 0
  for (const name of await bundleFolders(folder)) {
    const { bytes } = await packBundle(await readFolder(path.join(folder, name)))
    const response = await fetch(`${api}/apps?visibility=ALL_USERS`, {
      method: 'POST',
      headers: { ...unsafe, cookie, 'Content-Type': 'application/zip' },
      body: new Blob([bytes]),
    })
    // 409: an earlier start was interrupted between this import and the note below.
    if (response.status !== 201 && response.status !== 409) {
      throw new Error(`The sample ${name} was refused: ${await response.text()}`)
    }
    imported += 1
  }
  await fetch(`${api}/session`, { method: 'DELETE', headers: { ...unsafe, cookie } })
  await putSetting(platform.database, setting, platform.now().toISOString())
  return imported
}

async function bundleFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name === 'app.toml')
    .map((entry) => path.relative(folder, entry.parentPath))
    .sort()
}
