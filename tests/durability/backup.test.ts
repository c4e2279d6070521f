import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUp } from '../../platform/backup/backup.ts'
import { restore } from '../../platform/backup/restore.ts'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { appBundle } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { startTestPlatform, type TestPlatform } from '../support/test-platform.ts'
import { beginUpload, importUpload, upload } from '../support/uploads.ts'
import { checkAnswers, checkApps } from './api-checks.ts'
import { Client } from './client.ts'
import { checkData, instanceProcesses } from './data-checks.ts'
import { Ledger } from './ledger.ts'
import { Person } from './person.ts'
import { Random } from './random.ts'

const root = path.resolve(import.meta.dirname, '../..')

let folder: string
let running: TestPlatform[]
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-backup-'))
  running = []
})
afterEach(async () => {
  for (const platform of running) await platform.close()
  await rm(folder, { recursive: true, force: true })
})

const place = (name: string) => path.join(folder, name)

async function start(
  dataDir: string,
  scheduler: 'process' | 'simulated' = 'simulated',
): Promise<TestPlatform> {
  const platform = await startTestPlatform({ dataDir, scheduler })
  running.push(platform)
  return platform
}

/** As an operator does it. */
function command(script: 'backup' | 'restore', ...args: string[]) {
  const all = ['--disable-warning=ExperimentalWarning', `scripts/${script}.ts`, ...args]
  return spawnSync(process.execPath, all, { cwd: root, encoding: 'utf8' })
}

test('backups made while others write hold one moment each; the last one gives the same answers', async () => {
  const ledger = new Ledger()
  const personas = ['author', 'author-2', 'user', 'admin']
  const clients = personas.map((persona) => new Client(persona, ledger))
  const original = await start(place('data'))
  for (const client of clients) await client.connect(original.url)
  let over = false
  let acknowledged = 0
  const random = new Random(1)
  const work = Promise.all(
    clients.map((client) =>
      client.work(
        new Random(random.between(0, 1_000)),
        () => (acknowledged += 1),
        () => over,
      ),
    ),
  )
  for (let n = 0; n < 4; n += 1) {
    await eventually(
      async () => acknowledged,
      (count) => count > (n + 1) * 25,
    )
    await backUp(place('data'), place(`backup-${n}.tar`), new Date())
  }
  over = true
  await work

  const made = command('backup', place('last.tar'), '--data-dir', place('data'))
  expect(made.stderr).toBe('')
  expect(made.stdout).toContain(`${ledger.apps.size} apps`)
  for (let n = 0; n < 4; n += 1) {
    await restore(place(`backup-${n}.tar`), place(`restored-${n}`))
    const restored = await start(place(`restored-${n}`))
    for (const client of clients) await client.connect(restored.url)
    const [author, second, user, admin] = clients
    if (!author || !second || !user || !admin) throw new Error('Four clients')
    const { apps } = await (await admin.get('/apps?scope=admin&pageSize=1000')).json()
    const byPersona = new Map(clients.map((client) => [client.persona, client]))
    expect(await checkApps(apps, byPersona)).toEqual([])
    expect(await checkData(place(`restored-${n}`))).toEqual([])
  }

  const restoring = command('restore', place('last.tar'), '--data-dir', place('restored'))
  expect(restoring.stderr).toBe('')
  const restored = await start(place('restored'))
  for (const client of clients) await client.connect(restored.url)
  const { wrong } = await checkAnswers(clients, ledger, 'simulated')
  expect(wrong).toEqual([])
  expect(await checkData(place('restored'), ledger)).toEqual([])
})

/** A platform with one app and one instance whose volume holds things that are not easy to keep. */
async function withVolume(): Promise<{ id: string; volume: string }> {
  const platform = await start(place('data'))
  const author = await Person.signIn(platform.url, 'author')
  const app: App = await (await author.import(await appBundle())).json()
  const { id }: Instance = await (await author.post(`/apps/${app.id}/run`)).json()
  await eventually(
    async (): Promise<Instance> => (await author.get(`/instances/${id}`)).json(),
    ({ status }) => status === 'DEPLOYED',
  )
  const volume = path.join(place('data'), 'volumes', id)
  const deep = path.join(volume, 'ordner-größe', 'x'.repeat(120), 'y'.repeat(120))
  await mkdir(deep, { recursive: true })
  await mkdir(path.join(volume, 'empty'))
  await writeFile(path.join(deep, 'file'), 'deep', { mode: 0o700 })
  await symlink('empty/../ordner-größe', path.join(volume, 'link'))
  return { id, volume }
}

test('volumes come back with folders, links and long names, and other programs read the file', async () => {
  const { id } = await withVolume()
  await backUp(place('data'), place('b.tar'), new Date())
  await restore(place('b.tar'), place('new'))
  const volume = path.join(place('new'), 'volumes', id)
  expect((await readdir(volume)).toSorted()).toEqual(['empty', 'link', 'ordner-größe'])
  expect(await readlink(path.join(volume, 'link'))).toBe('empty/../ordner-größe')
  const deep = path.join(volume, 'link', 'x'.repeat(120), 'y'.repeat(120), 'file')
  expect(await readFile(deep, 'utf8')).toBe('deep')
  const script = 'import sys, tarfile; print(*tarfile.open(sys.argv[1]).getnames(), sep="\\n")'
  const names = execFileSync('python3', ['-c', script, place('b.tar')], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  })
  expect(names).toContain('wavedeck.sqlite')
  expect(names).toContain(`volumes/${id}/ordner-größe/${'x'.repeat(120)}/${'y'.repeat(120)}/file`)
})

test('a backup that is cut off or damaged is refused, and nothing is left of it', async () => {
  await withVolume()
  await backUp(place('data'), place('b.tar'), new Date())
  const whole = await readFile(place('b.tar'))
  const random = new Random(1)
  const cuts = Array.from({ length: 20 }, () => random.between(0, whole.length - 1))
  for (const length of [0, 511, 512, whole.length - 512, ...cuts]) {
    await writeFile(place('cut.tar'), whole.subarray(0, length))
    await expect(restore(place('cut.tar'), place('new'))).rejects.toThrow('not a whole backup')
  }
  // One wrong bit in the bundle, behind the two headers of the first entry.
  const damaged = Buffer.from(whole)
  damaged[4 * 512] = (damaged[4 * 512] ?? 0) ^ 1
  await writeFile(place('damaged.tar'), damaged)
  await expect(restore(place('damaged.tar'), place('new'))).rejects.toThrow('other bytes')
  await writeFile(place('no.tar'), 'Not an archive at all. '.repeat(100))
  const refused = command('restore', place('no.tar'), '--data-dir', place('new'))
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('not a whole backup')
  expect(refused.stderr).not.toContain('    at ')
  expect((await readdir(folder)).filter((name) => name.startsWith('new'))).toEqual([])
})

test('a folder that is in use, nothing to back up, wrong usage: said in words', async () => {
  await withVolume()
  await backUp(place('data'), place('b.tar'), new Date())
  await expect(restore(place('b.tar'), place('data'))).rejects.toThrow('not empty')
  await expect(backUp(place('none'), place('c.tar'), new Date())).rejects.toThrow('no Wavedeck')
  await expect(backUp(place('data'), '/dev/full/c.tar', new Date())).rejects.toThrow('not be made')
  expect(command('backup').status).toBe(2)
  expect(command('restore', place('b.tar')).status).toBe(2)
  expect((await readdir(folder)).toSorted()).toEqual(['b.tar', 'data'])
})

test('an upload that is not imported yet is in no backup, and a restore forgets it', async () => {
  const first = await start(place('data'))
  const author = await Person.signIn(first.url, 'author')
  const bundle = await appBundle()
  await importUpload(author, await upload(author, bundle))
  await beginUpload(author, 10)
  await backUp(place('data'), place('b.tar'), new Date())
  await restore(place('b.tar'), place('new'))
  const second = await start(place('new'))
  const again = await Person.signIn(second.url, 'author')
  expect(await (await again.get('/uploads')).json()).toEqual({ uploads: [] })
  expect((await (await again.get('/apps')).json()).totalSize).toBe(1)
  expect(await checkData(place('new'))).toEqual([])
})

test('a restored platform on the same machine leaves the processes of the first alone', async () => {
  const first = await start(place('data'), 'process')
  const author = await Person.signIn(first.url, 'author')
  const app: App = await (await author.import(await appBundle())).json()
  const { id }: Instance = await (await author.post(`/apps/${app.id}/run`)).json()
  const status = async (person: Person) =>
    (await (await person.get(`/instances/${id}`)).json()).status
  await eventually(
    () => status(author),
    (seen) => seen === 'DEPLOYED',
  )
  const before = [...(await instanceProcesses(place('data'))).keys()]
  await backUp(place('data'), place('b.tar'), new Date())
  await restore(place('b.tar'), place('new'))
  const second = await start(place('new'), 'process')
  expect(await status(await Person.signIn(second.url, 'author'))).toBe('FAILED')
  expect([...(await instanceProcesses(place('data'))).keys()]).toEqual(before)
  expect(await status(author)).toBe('DEPLOYED')
})
