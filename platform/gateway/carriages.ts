import type { Socket } from 'node:net'

/** A connection between a person and an app, for as long as it lasts. */
export type Carriage = {
  readonly instanceId: string
  readonly appId: string
  /** Who is visiting; undefined: nobody in particular. */
  readonly token: string | undefined
  /** The person's end. */
  readonly socket: Pick<Socket, 'bytesRead' | 'bytesWritten'>
  readonly cut: () => void
}

/** What is open now. Pages that stream and WebSockets stay open for hours, so they are asked about again. */
export class Carriages {
  readonly #open = new Map<Carriage, number>()

  /** @returns what to call at its end */
  add(carriage: Carriage): () => void {
    this.#open.set(carriage, bytesOf(carriage))
    return () => this.#open.delete(carriage)
  }

  /**
   * Cuts those that may not go on, asking once for each person and instance.
   *
   * @param concerns which of them to ask about
   */
  async review(
    concerns: (carriage: Carriage) => boolean,
    mayGoOn: (carriage: Carriage) => Promise<boolean>,
  ): Promise<void> {
    const asked = new Map<string, Promise<boolean>>()
    for (const carriage of [...this.#open.keys()].filter(concerns)) {
      const key = `${carriage.instanceId} ${carriage.token ?? ''}`
      const answer = asked.get(key) ?? mayGoOn(carriage)
      asked.set(key, answer)
      if (!(await answer)) carriage.cut()
    }
  }

  /** The instances that something was carried to or from since this was last asked. */
  used(): Set<string> {
    const used = new Set<string>()
    for (const [carriage, before] of this.#open) {
      const now = bytesOf(carriage)
      if (now === before) continue
      this.#open.set(carriage, now)
      used.add(carriage.instanceId)
    }
    return used
  }
}

function bytesOf({ socket }: Carriage): number {
  return socket.bytesRead + socket.bytesWritten
}
