import type { Actor } from '../../src/rules/actor.ts'
import { actorOf, anonymous } from '../../src/rules/actor.ts'
import { roleNames } from '../auth/personas.ts'
import { hashToken, newToken } from '../auth/sessions.ts'
import type { Database } from '../store/schema.ts'

const ticketSeconds = 60
/** A visit outlives no session. */
const visitSeconds = 12 * 60 * 60

type Ticket = { readonly instanceId: string; readonly userId: string; readonly expires: number }

/**
 * How a person signed in at the catalog gets into an app's own host, where their session never goes: a ticket that
 * works once, turned by the gateway into a cookie for that instance alone.
 */
export class Tickets {
  readonly #database: Database
  readonly #now: () => Date
  /** In memory only: a ticket lives for a minute. */
  readonly #tickets = new Map<string, Ticket>()

  constructor(database: Database, now: () => Date) {
    this.#database = database
    this.#now = now
  }

  issue(instanceId: string, userId: string): string {
    const now = this.#now().getTime()
    for (const [hash, ticket] of this.#tickets)
      if (ticket.expires <= now) this.#tickets.delete(hash)
    const token = newToken()
    this.#tickets.set(hashToken(token), {
      instanceId,
      userId,
      expires: now + ticketSeconds * 1000,
    })
    return token
  }

  /** Turns a ticket into the token of a visit; undefined for one that is used, expired or for another instance. */
  async redeem(token: string, instanceId: string): Promise<string | undefined> {
    const hash = hashToken(token)
    const ticket = this.#tickets.get(hash)
    this.#tickets.delete(hash)
    const now = this.#now()
    if (!ticket || ticket.instanceId !== instanceId || ticket.expires <= now.getTime()) {
      return undefined
    }
    const visit = newToken()
    await this.#database.deleteFrom('visits').where('expires_at', '<=', now.toISOString()).execute()
    await this.#database
      .insertInto('visits')
      .values({
        token_hash: hashToken(visit),
        instance_id: instanceId,
        user_id: ticket.userId,
        expires_at: new Date(now.getTime() + visitSeconds * 1000).toISOString(),
      })
      .execute()
    return visit
  }

  /** Who is visiting, with the roles they have now; anonymous for an unknown or expired token. */
  async visitor(token: string | undefined, instanceId: string): Promise<Actor> {
    if (token === undefined) return anonymous
    const row = await this.#database
      .selectFrom('visits')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .select(['users.id', 'users.roles'])
      .where('token_hash', '=', hashToken(token))
      .where('instance_id', '=', instanceId)
      .where('expires_at', '>', this.#now().toISOString())
      .executeTakeFirst()
    return row ? actorOf(row.id, JSON.parse(row.roles), roleNames) : anonymous
  }
}
