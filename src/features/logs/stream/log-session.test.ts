import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { Frame } from '../log-protocol.ts'
import { LogSession } from './log-session.ts'

/** A log over real HTTP, as the platform sends it, on a connection that may break after each so many bytes. */
class FakeLog {
  bytes: Uint8Array
  isOver = true
  /** Where each connection breaks; none: it holds. */
  breaks: number[] = []
  asked: { last: string | undefined; url: string }[] = []
  readonly #server: Server

  constructor(text: string) {
    this.bytes = new TextEncoder().encode(text)
    this.#server = createServer((request, response) => {
      const url = request.url ?? ''
      const last = request.headers['last-event-id']
      this.asked.push({ last: last?.toString(), url })
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Wavedeck-Run': '2' })
      let at = last === undefined ? 0 : Number(last)
      const breakAt = this.breaks.shift()
      const send = () => {
        while (at < this.bytes.length) {
          // As the platform does: never through a character.
          let end = Math.min(at + 1000, this.bytes.length)
          while (((this.bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
          const data = JSON.stringify(new TextDecoder().decode(this.bytes.subarray(at, end)))
          const event = `event: log\nid: ${end}\ndata: ${data}\n\n`
          if (breakAt !== undefined && end >= breakAt) {
            // In the middle of an event.
            response.write(event.slice(0, breakAt % event.length))
            return setTimeout(() => response.destroy(), 5)
          }
          response.write(event)
          at = end
        }
        return this.isOver ? response.end('event: end\ndata: \n\n') : setTimeout(send, 20)
      }
      send()
    })
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve())
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/logs?follow=true`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const open: { close: () => void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function follow(text: string, at: number | null = null, over: Partial<FakeLog> = {}) {
  const log = Object.assign(new FakeLog(text), over)
  const url = await log.url()
  let frame: Frame | null = null
  const waiting = new Set<() => void>()
  const session = new LogSession(
    (next) => {
      frame = next
      for (const each of waiting) each()
    },
    () => {
      throw new Error('No pattern is looked for here')
    },
  )
  open.push(log, { close: () => session.take({ type: 'sleep' }) })
  const until = (isThere: (frame: Frame) => boolean) =>
    new Promise<Frame>((resolve) => {
      const look = () => {
        if (frame === null || !isThere(frame)) return
        waiting.delete(look)
        resolve(frame)
      }
      waiting.add(look)
      look()
    })
  const view = { from: 0, count: 10, isFollowing: at === null, width: null, hidesStamps: false }
  session.take({ type: 'view', view })
  session.take({ type: 'open', url, at })
  const textNow = () => {
    let text = ''
    session.take({ type: 'text', range: null }, (answer) => {
      text = answer
    })
    return text
  }
  return { log, session, until, view, textNow }
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, n) => `line ${n} – ümlaut 🚀\n`).join('')

test('wherever connections break, every line is there once', async () => {
  const text = numbered(400)
  const size = new TextEncoder().encode(text).length
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: size }), { maxLength: 4 }),
      async (cuts) => {
        const breaks = [...cuts].sort((a, b) => a - b)
        const { log, until, textNow } = await follow(text, null, { breaks })
        await until(({ state }) => state === 'ended')
        expect(textNow()).toBe(text.slice(0, -1))
        // A run that was begun is asked for by its number, whatever was started meanwhile.
        for (const { url } of log.asked.slice(1)) expect(url).toContain('run=2')
        log.close()
      },
    ),
    { numRuns: 6 },
  )
}, 60_000)

test('a link opens where it leads, and what is before it can be had', async () => {
  const text = Array.from({ length: 60_000 }, (_, n) => `row ${n} ${'.'.repeat(20)}\n`).join('')
  const at = text.indexOf('row 50000 ')
  const { session, until } = await follow(text, at)
  const there = await until(({ jump, state }) => jump !== null && state === 'ended')
  const target = there.rows.find(({ position }) => position === at)
  expect(target?.text).toMatch(/^row 50000 /)
  expect(there.isAtStart).toBe(false)
  expect(target?.number).toBeNull()
  session.take({ type: 'earlier' })
  const whole = await until(({ isAtStart }) => isAtStart)
  expect(whole.lines).toBe(60_000)
  expect(whole.start).toBe(0)
  session.take({ type: 'goToEdge', edge: 'first' })
  const top = await until(({ jump }) => jump !== null && jump.id !== there.jump?.id)
  expect(top.rows[0]).toMatchObject({ position: 0, number: 1 })
}, 30_000)

test('whoever looks back keeps what they look at; reading stops when it is full, and goes on at the end', async () => {
  const line = `${'z'.repeat(999)}\n`
  const { log, session, until, view } = await follow(line.repeat(10), null, { isOver: false })
  const first = await until(({ lines }) => lines === 10)
  session.take({ type: 'view', view: { ...view, from: first.firstRow, isFollowing: false } })
  log.bytes = new TextEncoder().encode(`${line.repeat(30_000)}the newest\n`)
  const full = await until(({ state }) => state === 'full')
  expect(full.start).toBe(0)
  expect(full.lines).toBeLessThan(30_000)
  session.take({ type: 'view', view: { ...view, isFollowing: true } })
  const newest = await until(({ rows }) => rows.at(-1)?.text === 'the newest')
  expect(newest.state).toBe('open')
}, 60_000)

test('a link behind the end says so and shows the end', async () => {
  const { until } = await follow('one\ntwo\n', 5000, { isOver: false })
  const frame = await until(({ notice }) => notice !== null)
  expect(frame.notice?.text).toMatch(/isn’t in this log/)
  await until(({ lines }) => lines === 2)
})

test('goes to a time, and says where there is none', async () => {
  const stamp = (n: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, n)).toISOString()
  const text = Array.from({ length: 300 }, (_, n) => `${stamp(n)} step ${n}\n`).join('')
  const { session, until } = await follow(text)
  await until(({ state }) => state === 'ended')
  session.take({ type: 'goToTime', at: Date.parse(stamp(150)) })
  const there = await until(({ jump }) => jump !== null)
  expect(there.rows.some(({ text }) => text.endsWith('step 150'))).toBe(true)
  session.take({ type: 'goToTime', at: Date.UTC(2030, 0) })
  await until(({ notice }) => notice?.text === 'Nothing here is as late as that.')
})
