import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { personas } from '../../../platform/auth/personas.ts'
import { openDatabase } from '../../../platform/store/database.ts'
import type { Database, Tables } from '../../../platform/store/schema.ts'
import { putUser } from '../../../platform/store/users.ts'
import { CATEGORIES } from '../../../src/bundle/manifest/manifest.ts'
import { versionSortKey } from '../../../src/rules/semver.ts'
import { Random } from '../../durability/random.ts'
import { coined, glue, kinds, topics } from './words.ts'

/** Raised whenever the same size would be seeded with something else. */
const edition = 2

const people = 60
const badges = 30
const instances = 400
const rowsAtOnce = 500

/**
 * A data folder with so many versions of a third as many apps, made once and kept.
 *
 * @returns the folder
 */
export async function seeded(folder: string, versions: number): Promise<string> {
  const dataDir = path.join(folder, `catalog-${edition}-${versions}`)
  if (existsSync(dataDir)) return dataDir
  mkdirSync(folder, { recursive: true })
  const making = `${dataDir}.${process.pid}`
  const database = await openDatabase(making)
  try {
    await new Seed(database, versions).write()
    await database.destroy()
    renameSync(making, dataDir)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
  return dataDir
}

class Seed {
  readonly #database: Database
  readonly #versions: number
  readonly #random = new Random(4_600)
  readonly #start = Date.parse('2026-01-01T00:00:00Z')
  readonly #owners: string[] = []
  readonly #tags: string[] = []

  constructor(database: Database, versions: number) {
    this.#database = database
    this.#versions = versions
  }

  async write(): Promise<void> {
    for (const { id, name, email, roles } of personas) {
      await putUser(this.#database, { id, name, email, roles })
    }
    await this.#people()
    await this.#labels()
    await this.#apps()
    await this.#instances()
  }

  async #people(): Promise<void> {
    for (let n = 0; n < people; n += 1) {
      const name = `${title(coined(n * 7 + 3))} ${title(coined(n * 31 + 11))}`
      const id = `person-${n}`
      this.#owners.push(id)
      const roles = ['full-access']
      await putUser(this.#database, { id, name, email: `${id}@example.com`, roles })
    }
    this.#owners.push('author', 'author-2')
  }

  async #labels(): Promise<void> {
    for (let n = 0; n < badges; n += 1) {
      const word = topics[n * 5] ?? `tag-${n}`
      const id = `tag-${n}`
      this.#tags.push(id)
      await this.#database
        .insertInto('tags')
        .values({
          id,
          name: `${word}-${kinds[n % kinds.length]}`,
          title: `${title(word)} ${kinds[n % kinds.length]}`,
          color: '#336699',
          description: '',
          is_category: n < 5 ? 1 : 0,
          admin_roles: '[]',
          visitor_roles: JSON.stringify(n >= 25 ? ['partners-north'] : []),
          revision: 1,
        })
        .execute()
    }
  }

  async #apps(): Promise<void> {
    let apps: Tables['apps'][] = []
    let tags: Tables['app_tags'][] = []
    const flush = async () => {
      await this.#database.transaction().execute(async (transaction) => {
        await transaction.insertInto('apps').values(apps).execute()
        if (tags.length > 0) await transaction.insertInto('app_tags').values(tags).execute()
      })
      ;[apps, tags] = [[], []]
    }
    for (let n = 0; n < this.#versions; n += 1) {
      const made = this.#app(n)
      apps.push(made.app)
      tags.push(...made.tags)
      if (apps.length === rowsAtOnce) await flush()
    }
    if (apps.length > 0) await flush()
  }

  #app(n: number): { app: Tables['apps']; tags: Tables['app_tags'][] } {
    const random = this.#random
    const names = Math.ceil(this.#versions / 3)
    const number = n % names
    // The versions of a name say nearly the same, as they do.
    const own = new Random(number)
    const words = [coined(number), own.pick(topics) ?? '', own.pick(kinds) ?? '']
    const name = `${words.join('-')}-${number}`
    const version = `${1 + Math.floor(n / names)}.${number % 7}.0`
    const at = new Date(this.#start + n * 61_000).toISOString()
    const keywords = [own.pick(topics) ?? '', own.pick(topics) ?? '']
    const category = own.pick(CATEGORIES) ?? 'Other'
    const manifest = {
      name,
      version,
      runtime: {
        appMode: 'python',
        runtimeVersion: null,
        memoryLimit: '512Mi',
        memoryReservation: null,
        volumeMount: null,
        volumeSize: null,
        routingMode: 'DOMAIN',
      },
      env:
        own.next() < 0.1
          ? [{ name: 'TOKEN', secret: 'token', secretKey: 'key', optional: false }]
          : [],
      files: [],
    }
    const id = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
    const app = {
      id,
      name,
      version,
      version_key: versionSortKey(version),
      title: `${title(words[0] ?? '')} ${words[1]} ${words[2]}`,
      title_key: words.join(' '),
      description: sentence(own, number),
      long_description: sentence(own, number).repeat(8),
      category,
      keywords: JSON.stringify(keywords),
      owner_id: own.pick(this.#owners) ?? 'author',
      visibility: pickVisibility(random.next()),
      lifecycle: pickLifecycle(own.next()),
      instance_timeout: 28_800,
      link: null,
      manifest: JSON.stringify(manifest),
      bundle_sha256: String(n).padStart(64, '0'),
      bundle_size: 40_000,
      file_count: 12,
      default_profile: null,
      created_at: at,
      updated_at: at,
    }
    const carried = new Set(
      Array.from({ length: own.between(0, 3) }, () => own.pick(this.#tags) ?? 'tag-0'),
    )
    const tags = [...carried].map((tag_id) => ({ app_id: id, tag_id, assigned_at: at }))
    return { app, tags }
  }

  async #instances(): Promise<void> {
    for (let n = 0; n < instances; n += 1) {
      const app = Math.floor(this.#random.next() * this.#versions)
      const at = new Date(this.#start + n * 1_000).toISOString()
      await this.#database
        .insertInto('instances')
        .values({
          id: `instance-${n}`,
          app_id: `00000000-0000-7000-8000-${String(app).padStart(12, '0')}`,
          owner_id:
            ['user', 'visitor', 'admin', 'author'][n % 20] ?? this.#owners[n % people] ?? '',
          status: 'SUSPENDED',
          visibility: 'PRIVATE',
          profile: 'default',
          run: 1,
          suspend_after: null,
          runtime_state: 'Paused',
          runtime_reason: null,
          runtime_message: null,
          exit_code: null,
          restart_count: 0,
          last_failure: null,
          created_at: at,
          updated_at: at,
        })
        .execute()
    }
  }
}

const title = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function pickVisibility(chance: number): 'ALL_USERS' | 'PRIVATE' | 'PUBLIC' {
  return chance < 0.75 ? 'ALL_USERS' : chance < 0.95 ? 'PRIVATE' : 'PUBLIC'
}

function pickLifecycle(chance: number): 'ON_DEMAND' | 'MANAGED' {
  return chance < 0.8 ? 'ON_DEMAND' : 'MANAGED'
}

function sentence(random: Random, number: number): string {
  const words = Array.from({ length: random.between(10, 25) }, () =>
    random.next() < 0.45 ? random.pick(glue) : random.pick(topics),
  )
  return `${title(words.join(' '))} with ${title(coined(number * 3 + 1))}.`
}
