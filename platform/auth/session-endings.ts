import { hashToken } from './sessions.ts'

type Listener = (tokenHash: string) => void

/** Tells whoever serves a session over a long time, a stream or an app's page, that it was ended. */
export class SessionEndings {
  readonly #listeners = new Set<Listener>()

  announce(token: string): void {
    const hash = hashToken(token)
    for (const listener of this.#listeners) listener(hash)
  }

  /** @returns how to listen no more */
  follow(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
