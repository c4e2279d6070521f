import type { Actor } from '../../src/rules/actor.ts'
import { actorOf } from '../../src/rules/actor.ts'
import { roleNames } from '../auth/personas.ts'
import { hashToken, newToken, sessionSeconds } from '../auth/sessions.ts'
import type { Database } from '../store/schema.ts'

const ticketSeconds = 60
type Ticket = {
  readonly instanceId: string
  readonly userId: string
  readonly sessionHash: string
  readonly expires: number
}

/** Who is visiting, and until when in milliseconds, unless they sign out before. */
export type Visitor = { readonly actor: Actor; readonly until: number }

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

  /** @param session the token of the session that asks; a visit outlives no session */
  issue(instanceId: string, userId: string, session: string): string {
    const now = this.#now().getTime()
    for (const [hash, ticket] of this.#tickets)
      if (ticket.expires <= now) this.#tickets.delete(hash)
    const token = newToken()
    this.#tickets.set(hashToken(token), {
      instanceId,
      userId,
      sessionHash: hashToken(session),
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
        expires_at: new Date(now.getTime() + sessionSeconds * 1000).toISOString(),
        session_hash: ticket.sessionHash,
      })
      .execute()
    return visit
  }

  /** Who is visiting, with the roles they have now; undefined for a visit that is unknown or over. */
  async visitor(token: string, instanceId: string): Promise<Visitor | undefined> {
    const now = this.#now().toISOString()
    const row = await this.#database
      .selectFrom('visits')
      .innerJoin('users', 'users.id', 'visits.user_id')
      .innerJoin('sessions', 'sessions.token_hash', 'visits.session_hash')
      .select(['users.id', 'users.roles', 'visits.expires_at', 'sessions.expires_at as sessionEnd'])
      .where('visits.token_hash', '=', hashToken(token))
      .where('instance_id', '=', instanceId)
      .where('visits.expires_at', '>', now)
      .where('sessions.expires_at', '>', now)
      .executeTakeFirst()
    return (
      row && {
        actor: actorOf(row.id, JSON.parse(row.roles), roleNames),
        until: Math.min(Date.parse(row.expires_at), Date.parse(row.sessionEnd)),
      }
    )
  }
}
