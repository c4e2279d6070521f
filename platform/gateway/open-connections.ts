import type { Changes } from '../changes.ts'

type Connection = {
  readonly instanceId: string
  readonly appId: string
  /** Asks the rules again, with what is true now. */
  readonly mayStay: () => Promise<boolean>
  readonly end: () => void
}

/**
 * Every request is asked about when it comes. One that stays, such as a WebSocket or a stream, is asked about again
 * when what decides may have changed: a tag was removed, an app or an instance became private.
 */
export class OpenConnections {
  readonly #connections = new Set<Connection>()
  #changes = 0

  constructor(changes: Changes) {
    changes.follow(({ change: { kind, id } }) => {
      if (kind === 'tag') return
      this.#changes += 1
      for (const connection of this.#connections) {
        if (id === (kind === 'app' ? connection.appId : connection.instanceId)) {
          void this.#askAgain(connection)
        }
      }
    })
  }

  /** To be read before a request is asked about, and given to `add`. */
  get moment(): number {
    return this.#changes
  }

  /** @returns to be called when the connection has ended */
  add(connection: Connection, moment: number): () => void {
    this.#connections.add(connection)
    // What changed while it was asked about was no change of an open connection yet.
    if (moment !== this.#changes) void this.#askAgain(connection)
    return () => this.#connections.delete(connection)
  }

  async #askAgain(connection: Connection): Promise<void> {
    // Nobody can be asked: then nobody has said yes.
    const mayStay = await connection.mayStay().catch(() => false)
    if (mayStay || !this.#connections.delete(connection)) return
    connection.end()
  }
}
