import type { Actor } from '../../src/rules/actor.ts'
import type { Config } from '../config.ts'
import type { Runtime } from '../scheduler/python.ts'
import type { Database } from '../store/schema.ts'
import { listSecrets } from '../store/secrets.ts'
import { listPins } from '../store/users.ts'
import type { AppPage, AppQuery, AppSearch } from './app-search.ts'
import { narrow } from './facets.ts'
import { filtersOf } from './filters.ts'
import { type Found, findWords } from './find-words.ts'
import { LiveIndex } from './live-index.ts'
import { pageInOrder } from './order.ts'
import { entriesOf, flagsFor } from './scope.ts'
import { suggestionsFor } from './suggestions.ts'
import { searchWords } from './words.ts'

type Parts = {
  readonly database: Database
  readonly config: Config
  readonly python: Runtime | null
}

/** Search over an index in this process' memory; see docs/adr for why. */
export class MemorySearch implements AppSearch {
  readonly #parts: Parts
  readonly #live: LiveIndex

  constructor(parts: Parts) {
    this.#parts = parts
    this.#live = new LiveIndex(parts.database)
  }

  /** Reads everything once, so that nobody has to wait for it later. */
  async warm(): Promise<void> {
    await this.#live.current()
  }

  async find(actor: Actor, query: AppQuery): Promise<AppPage> {
    const { database, config, python } = this.#parts
    const pins = await listPins(database, actor.userId)
    const instances = await instancesOf(database, actor.userId)
    const secrets = await listSecrets(database)
    const index = await this.#live.current()

    const means = { config, python, secrets }
    const flags = flagsFor(index, actor, { pins, instances, means })
    const entries = entriesOf(index, actor, query)
    const q = query.q?.trim() ?? ''
    const words = searchWords(q)
    const found: Found | undefined =
      q === '' ? undefined : findWords(index, words.length > 0 ? entries : [], words)
    const matching = found?.entries ?? entries
    const { entries: kept, ...counted } = narrow(
      index,
      entries,
      matching,
      filtersOf(index, query, flags),
      flags,
      query,
    )
    const facts = {
      relevance: (app: { number: number }) => found?.relevance[app.number] ?? 0,
      launches: (app: { name: string }) => index.launches.get(app.name) ?? 0,
      pinned: flags.pinned,
    }
    const order = query.orderBy ?? (found ? 'relevance' : 'title')
    return {
      ...pageInOrder(kept, order, facts, query.pageSize, query.pageToken),
      ...counted,
      totalSize: kept.length,
      unfilteredSize: matching.length,
      words: found?.words ?? [],
      suggestions:
        found && matching.length === 0 ? suggestionsFor(index, entries, words, found) : [],
    }
  }
}

/** The version keys of a person's instances, by app name. */
async function instancesOf(
  database: Database,
  userId: string | null,
): Promise<Map<string, string[]>> {
  if (userId === null) return new Map()
  const rows = await database
    .selectFrom('instances')
    .innerJoin('apps', 'apps.id', 'instances.app_id')
    .select(['apps.name', 'apps.version_key'])
    .where('instances.owner_id', '=', userId)
    .execute()
  const byName = Map.groupBy(rows, (row) => row.name)
  return new Map([...byName].map(([name, all]) => [name, all.map((row) => row.version_key)]))
}
