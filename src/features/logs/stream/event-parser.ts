export type ServerEvent = { readonly event: string; readonly id: string; readonly data: string }

/** Reads server-sent events (HTML 9.2.6) from pieces of text that may end anywhere. */
export class EventParser {
  #rest = ''
  #event = ''
  #id = ''
  #data: string[] = []

  /** @returns the events that are whole now */
  push(text: string): ServerEvent[] {
    const events: ServerEvent[] = []
    const whole = this.#rest + text
    let at = 0
    for (;;) {
      const feed = whole.indexOf('\n', at)
      if (feed === -1) break
      const end = whole[feed - 1] === '\r' && feed > at ? feed - 1 : feed
      this.#line(whole.slice(at, end), events)
      at = feed + 1
    }
    this.#rest = whole.slice(at)
    return events
  }

  #line(line: string, events: ServerEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0) {
        events.push({ event: this.#event, id: this.#id, data: this.#data.join('\n') })
      }
      this.#event = ''
      this.#data = []
      return
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'id') this.#id = value
  }
}
