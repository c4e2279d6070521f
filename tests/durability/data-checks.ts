import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Ledger } from './ledger.ts'

/** The processes of this data folder's instances, by what their environment says. Linux only, as is /proc. */
export async function instanceProcesses(dataDir: string): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '')
    if (!environment.includes(dataDir)) continue
    const id = /(?:^|\0)H2O_CLOUD_INSTANCE_ID=([^\0]+)/.exec(environment)?.[1]
    if (id !== undefined) found.set(Number(name), id)
  }
  return found
}

/** The files below blobs/, without what is just coming in. */
async function blobFiles(dataDir: string): Promise<string[]> {
  const folder = path.join(dataDir, 'blobs')
  const prefixes = (await readdir(folder)).filter((name) => name !== 'incoming')
  const lists = await Promise.all(
    prefixes.map(async (prefix) =>
      (await readdir(path.join(folder, prefix))).map((name) => path.join(folder, prefix, name)),
    ),
  )
  return lists.flat()
}

export const incomingFiles = (dataDir: string): Promise<string[]> =>
  readdir(path.join(dataDir, 'blobs', 'incoming')).catch(() => [])

function openReadOnly(dataDir: string): DatabaseSync {
  const file = path.join(dataDir, 'wavedeck.sqlite')
  return new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
}

function column(database: DatabaseSync, sql: string): string[] {
  return database
    .prepare(sql)
    .all()
    .map((row) => String(Object.values(row)[0]))
}

const blobsReferredTo = 'select bundle_sha256 from apps union select sha256 from app_images'

/** How many blobs no row refers to: what a kill left for the next start to sweep. */
export async function countOrphanBlobs(dataDir: string): Promise<number> {
  // Read-only: another one would finish at its close what the platform is to recover from.
  const database = openReadOnly(dataDir)
  try {
    const used = new Set(column(database, blobsReferredTo))
    return (await blobFiles(dataDir)).filter((file) => !used.has(path.basename(file))).length
  } finally {
    database.close()
  }
}

/**
 * What is wrong with a data folder whose platform is up and idle; empty: nothing.
 *
 * @param ledger to tell what was deleted by somebody from what was lost; without it that isn't looked at
 */
export async function checkData(dataDir: string, ledger?: Ledger): Promise<string[]> {
  const wrong: string[] = []
  const compare = (what: string, there: readonly string[], due: readonly string[]) => {
    const [isThere, isDue] = [new Set(there), new Set(due)]
    for (const one of isThere.difference(isDue)) wrong.push(`${what} ${one} belongs to nothing`)
    for (const one of isDue.difference(isThere)) wrong.push(`${what} ${one} is missing`)
  }
  const database = openReadOnly(dataDir)
  try {
    const integrity = column(database, 'pragma integrity_check').join()
    if (integrity !== 'ok') wrong.push(`integrity check: ${integrity}`)
    for (const table of column(database, 'pragma foreign_key_check')) {
      wrong.push(`a row of ${table} refers to nothing`)
    }
    const files = await blobFiles(dataDir)
    compare(
      'blob',
      files.map((file) => path.basename(file)),
      column(database, blobsReferredTo),
    )
    for (const file of files) {
      const sha256 = createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
      if (sha256 !== path.basename(file)) wrong.push(`blob ${file} holds other bytes`)
    }
    for (const name of await incomingFiles(dataDir)) wrong.push(`incoming/${name} is left`)

    compare(
      'upload',
      await readdir(path.join(dataDir, 'uploads')).catch(() => []),
      column(database, 'select id from uploads'),
    )

    const instances = new Set(column(database, 'select id from instances'))
    const live = new Set(
      column(database, "select id from instances where status in ('PENDING', 'DEPLOYED')"),
    )
    for (const folder of ['instances', 'volumes']) {
      for (const id of await readdir(path.join(dataDir, folder)).catch(() => [])) {
        if (!instances.has(id)) wrong.push(`${folder}/${id} belongs to no row`)
      }
    }
    for (const [pid, id] of await instanceProcesses(dataDir)) {
      if (!live.has(id)) wrong.push(`process ${pid} of instance ${id}, which is not to run`)
    }
    if (ledger) {
      const kept = new Set(
        column(database, 'select id from apps union select id from tags').concat(...instances),
      )
      for (const id of column(database, 'select resource_id from idempotency')) {
        if (!kept.has(id) && !ledger.gone.has(id)) wrong.push(`key for ${id}, which isn’t there`)
      }
    }
    return wrong
  } finally {
    database.close()
  }
}
