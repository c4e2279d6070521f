import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { zGetInstanceLogsHeaders, zGetInstanceLogsQuery } from '../../src/api/generated/zod.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { mayReadLog, maySeeInstance } from '../../src/rules/instances.ts'
import type { AppEnv, Platform } from '../context.ts'
import { enforce, instanceNotFound, Problem } from '../http/problem.ts'
import { readHeaders, readQuery } from '../http/request.ts'
import { actorNow } from '../http/security.ts'
import { endWithSession } from '../http/streams.ts'
import type { LogReader, RunLog } from '../scheduler/run-log.ts'
import { getInstance, type StoredInstance } from '../store/instances.ts'

const chunkBytes = 64 * 1024
const pollMs = 200
/** Whether the run still writes is a question to the store, asked less often than there is something to read. */
const liveMs = 1_000
const halfCharacterMs = 2_000
/** Keeps proxies and browsers from taking a quiet log for a dead connection. */
const heartbeatMs = 15_000

export function logRoutes(platform: Platform) {
  const { database, scheduler } = platform

  async function readable(instanceId: string, actor: Actor): Promise<StoredInstance> {
    const instance = await getInstance(database, instanceId)
    if (instance === undefined) throw instanceNotFound()
    enforce(maySeeInstance(actor, instance, isInCatalogOf(actor, instance.storedApp)))
    enforce(mayReadLog(actor, instance))
    return instance
  }

  return new Hono<AppEnv>().get('/instances/:instanceId/logs', async (c) => {
    const query = readQuery(c, zGetInstanceLogsQuery, ['previous', 'run', 'tail', 'follow'])
    const { actor, sessionToken } = c.var
    const instance = await readable(c.req.param('instanceId'), actor)
    const asked = runOf(instance, query)
    if (!query.follow) {
      c.header('Wavedeck-Run', String(asked))
      const log = scheduler.log(instance.id, asked)
      c.header('Content-Type', 'text/plain; charset=utf-8')
      c.header('Content-Security-Policy', "default-src 'none'; sandbox")
      return c.body(await readAll(log, query.tail))
    }

    const lastId = readHeaders(c, zGetInstanceLogsHeaders)['Last-Event-ID']
    const [position, ofRun = asked] = lastId === undefined ? [] : lastId.split('.').map(Number)
    const run = runOf(instance, { previous: false, run: ofRun })
    c.header('Wavedeck-Run', String(run))
    const log = scheduler.log(instance.id, run)
    /** Whether this run may still write, and its reader may still read. */
    const isLive = async () => {
      // Terminated is not out of sight: its reader gets the rest, and hears that there is no more.
      if ((await getInstance(database, instance.id)) === undefined) return false
      const now = await readable(instance.id, await actorNow(platform, sessionToken))
      return now.run === run && (now.status === 'PENDING' || now.status === 'DEPLOYED')
    }
    return streamSSE(c, async (stream) => {
      const release = endWithSession(platform, sessionToken, stream)
      try {
        await follow(
          { log, run, start: position ?? (await startOf(log, query.tail)) },
          stream,
          isLive,
        )
      } catch (error) {
        // Out of its reader's sight meanwhile: the next request is told so.
        if (!(error instanceof Problem)) throw error
      } finally {
        release()
      }
    })
  })
}

/** @throws {Problem} 404 for a run that there was not, or whose log is no longer kept */
function runOf(instance: StoredInstance, query: { previous: boolean; run?: number | undefined }) {
  if (query.run !== undefined) {
    if (query.run === instance.run || query.run === instance.run - 1) return query.run
    const message = `Only the logs of the last two runs are kept; the last is number ${instance.run}.`
    throw new Problem(404, 'log.run-not-kept', message)
  }
  if (!query.previous) return instance.run
  if (instance.run > 1) return instance.run - 1
  throw new Problem(404, 'log.no-previous-run', 'This instance was started only once.')
}

/** The start of the line that is about `tail` bytes before the end. */
async function startOf(log: RunLog, tail: number | undefined): Promise<number> {
  const extent = await log.extent()
  if (extent === null) return 0
  if (tail === undefined || tail >= extent.end - extent.start) return extent.start
  const reader = log.reader()
  try {
    const from = extent.end - tail
    const { position, bytes } = await reader.read(from, Buffer.alloc(chunkBytes))
    const newline = bytes.indexOf(0x0a)
    return newline === -1 ? position : position + newline + 1
  } finally {
    await reader.close()
  }
}

/** Up to where the log ended when it was asked for: one that is being written has no end of its own. */
async function readAll(
  log: RunLog,
  tail: number | undefined,
): Promise<ReadableStream<Uint8Array> | string> {
  const end = (await log.extent())?.end ?? 0
  let position = await startOf(log, tail)
  if (position >= end) return ''
  const reader = log.reader()
  return new ReadableStream({
    async pull(controller) {
      const room = Buffer.alloc(Math.min(chunkBytes, end - position))
      const found = room.length === 0 ? null : await reader.read(position, room)
      if (found === null || found.bytes.length === 0) {
        await reader.close()
        return controller.close()
      }
      position = found.position + found.bytes.length
      controller.enqueue(found.bytes)
    },
    cancel: () => reader.close(),
  })
}

type Place = { readonly log: RunLog; readonly run: number; readonly start: number }

/** Sends what the log grows by. Ids are positions and runs, so that a reconnect neither repeats nor skips. */
async function follow(
  { log, run, start }: Place,
  stream: SSEStreamingApi,
  isLive: () => Promise<boolean>,
): Promise<void> {
  const reader = log.reader()
  /** How far it was said when what is there came. */
  let timed = -1
  try {
    for await (const { from, position, text } of textsFrom(reader, start, stream, isLive)) {
      const arrivals = (await reader.arrivals(from, position)).filter(
        (each) => each.position > timed,
      )
      if (arrivals.length > 0) {
        timed = arrivals.at(-1)?.position ?? timed
        const pairs = arrivals.map((each) => [each.position, each.at])
        await stream.writeSSE({ event: 'times', data: JSON.stringify(pairs) })
      }
      // As JSON: the event format would swallow carriage returns and a blank at the start of a line.
      await stream.writeSSE({ event: 'log', id: `${position}.${run}`, data: JSON.stringify(text) })
    }
    if (!stream.aborted) await stream.writeSSE({ event: 'end', data: '' })
  } finally {
    await reader.close()
  }
}

/** Pieces of text, where each begins and ends, until the run is over; none of them ends within a character. */
async function* textsFrom(
  reader: LogReader,
  start: number,
  stream: SSEStreamingApi,
  isLive: () => Promise<boolean>,
): AsyncGenerator<{ from: number; position: number; text: string }> {
  let position = start
  let quietSince = performance.now()
  let live = true
  let askedAt = Number.NEGATIVE_INFINITY
  const room = Buffer.alloc(chunkBytes)
  while (!stream.aborted) {
    // Before reading: what was written until it ended is read after that.
    if (live && performance.now() - askedAt >= liveMs) {
      live = await isLive()
      askedAt = performance.now()
    }
    const found = await reader.read(position, room)
    // Half a character that nothing completes is one that never will be whole.
    const isLast = !live || performance.now() - quietSince > halfCharacterMs
    const whole = wholeCharacters(found.bytes, isLast && found.bytes.length < chunkBytes)
    if (whole.length > 0) {
      position = found.position + whole.length
      quietSince = performance.now()
      yield { from: found.position, position, text: whole.toString('utf8') }
      continue
    }
    if (!live) return
    if (performance.now() - quietSince > heartbeatMs) {
      quietSince = performance.now()
      await stream.write(': still here\n\n')
    }
    await sleep(pollMs)
  }
}

/** Leaves a character that is only half there for the next read, unless nothing will follow. */
function wholeCharacters(bytes: Buffer, isLast: boolean): Buffer {
  if (isLast) return bytes
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0b1100_0000) === 0b1000_0000) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}
