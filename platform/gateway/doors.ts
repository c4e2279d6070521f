import { type Actor, anonymous } from '../../src/rules/actor.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import type { Decision } from '../../src/rules/decision.ts'
import { mayOpenInstance } from '../../src/rules/instances.ts'
import type { SessionEndings } from '../auth/session-endings.ts'
import type { Changes } from '../changes.ts'
import { getInstance, type StoredInstance } from '../store/instances.ts'
import type { Database } from '../store/schema.ts'
import type { Tickets } from './tickets.ts'

type Parts = {
  readonly database: Database
  readonly changes: Changes
  readonly tickets: Tickets
  readonly sessionEndings: SessionEndings
  readonly now: () => Date
}

/** Somebody before an instance. */
export type Entrance = {
  readonly instance: StoredInstance
  readonly actor: Actor
  readonly decision: Decision
}

const maxKept = 2_000

/**
 * Decides at every request who may open an instance. A yes is kept until anything changes anywhere: changes are told
 * before they are answered, so nobody is let in on yesterday's terms.
 */
export class Doors {
  readonly #parts: Parts
  readonly #open = new Map<string, { entrance: Entrance; until: number }>()
  #changes = 0

  constructor(parts: Parts) {
    this.#parts = parts
    parts.changes.follow(() => this.forget())
    parts.sessionEndings.follow(() => this.forget())
  }

  /** Undefined: there is no such instance. */
  async ask(instanceId: string, token: string | undefined): Promise<Entrance | undefined> {
    const { database, tickets, now } = this.#parts
    const key = `${instanceId} ${token ?? ''}`
    const kept = this.#open.get(key)
    if (kept !== undefined && kept.until > now().getTime()) return kept.entrance
    const changes = this.#changes
    const instance = await getInstance(database, instanceId)
    if (instance === undefined) return undefined
    const visitor = token === undefined ? undefined : await tickets.visitor(token, instanceId)
    const actor = visitor?.actor ?? anonymous
    const decision = mayOpenInstance(actor, instance, isInCatalogOf(actor, instance.storedApp))
    const entrance = { instance, actor, decision }
    // Not where something changed while we asked.
    if (decision.allowed && instance.status === 'DEPLOYED' && changes === this.#changes) {
      if (this.#open.size >= maxKept) this.#open.clear()
      this.#open.set(key, { entrance, until: visitor?.until ?? Number.POSITIVE_INFINITY })
    }
    return entrance
  }

  /** Moves on with every change: what was asked before may be answered otherwise after. */
  get moment(): number {
    return this.#changes
  }

  forget(): void {
    this.#changes += 1
    this.#open.clear()
  }
}
