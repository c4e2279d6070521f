import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { zGetInstanceLogsQuery } from '../../src/api/generated/zod.gen.ts'
import { actorOf, anonymous } from '../../src/rules/actor.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { mayReadLog, maySeeInstance } from '../../src/rules/instances.ts'
import { roleNames } from '../auth/personas.ts'
import { findSession } from '../auth/sessions.ts'
import type { AppEnv, Platform } from '../context.ts'
import { enforce, instanceNotFound, Problem } from '../http/problem.ts'
import { readQuery } from '../http/request.ts'
import type { LogReader, RunLog } from '../scheduler/run-log.ts'
import { getInstance } from '../store/instances.ts'

const chunkBytes = 64 * 1024
const pollMs = 200
/** Whether the run still writes is a question to the store, asked less often than there is something to read. */
const liveMs = 1_000
/** Keeps proxies and browsers from taking a quiet log for a dead connection. */
const heartbeatMs = 15_000

/** Whether the run may still write; `closed`: it isn't the reader's to know any more. */
type RunState = 'live' | 'over' | 'closed'

export function logRoutes(platform: Platform) {
  const { database, scheduler } = platform

  return new Hono<AppEnv>().get('/instances/:instanceId/logs', async (c) => {
    const query = readQuery(c, zGetInstanceLogsQuery, ['previous', 'run', 'tail', 'follow'])
    const { actor } = c.var
    const instance = await getInstance(database, c.req.param('instanceId'))
    if (instance === undefined) throw instanceNotFound()
    enforce(maySeeInstance(actor, instance, isInCatalogOf(actor, instance.storedApp)))
    enforce(mayReadLog(actor, instance))
    const run = query.run ?? (query.previous ? instance.run - 1 : instance.run)
    if (run < 1) {
      throw new Problem(404, 'log.no-previous-run', 'This instance was started only once.')
    }
    if (run > instance.run || run < instance.run - 1) {
      throw new Problem(404, 'log.run-not-kept', `The log of run ${run} is not kept.`)
    }
    c.header('Wavedeck-Run', String(run))
    const log = scheduler.log(instance.id, run)
    if (!query.follow) {
      c.header('Content-Type', 'text/plain; charset=utf-8')
      c.header('Content-Security-Policy', "default-src 'none'; sandbox")
      return c.body(await readAll(log, query.tail))
    }

    const lastId = c.req.header('Last-Event-ID')
    if (lastId !== undefined && !/^\d{1,15}$/.test(lastId)) {
      throw new Problem(400, 'request.invalid-header', 'Last-Event-ID is a position in bytes.')
    }
    const { sessionToken } = c.var
    /** A stream outlives the question whether its reader may read: it is asked again for as long as it goes on. */
    const look = async (): Promise<RunState> => {
      const now = await getInstance(database, instance.id)
      if (now === undefined) return 'over'
      const session =
        sessionToken === null
          ? undefined
          : await findSession(database, sessionToken, platform.now())
      const reader =
        session === undefined ? anonymous : actorOf(session.userId, session.roles, roleNames)
      if (!mayReadLog(reader, now).allowed) return 'closed'
      const isRunning = now.status === 'PENDING' || now.status === 'DEPLOYED'
      return now.run === run && isRunning ? 'live' : 'over'
    }
    return streamSSE(c, async (stream) => {
      const start = lastId === undefined ? await startOf(log, query.tail) : Number(lastId)
      await follow(log, start, stream, look)
    })
  })
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

/** Sends what the log grows by. Ids are byte positions, so that a reconnect neither repeats nor skips. */
async function follow(
  log: RunLog,
  start: number,
  stream: SSEStreamingApi,
  look: () => Promise<RunState>,
): Promise<void> {
  const reader = log.reader()
  try {
    await followWith(reader, start, stream, look)
  } finally {
    await reader.close()
  }
}

async function followWith(
  reader: LogReader,
  start: number,
  stream: SSEStreamingApi,
  look: () => Promise<RunState>,
): Promise<void> {
  let position = start
  let quietSince = Date.now()
  let live = true
  let askedAt = 0
  const room = Buffer.alloc(chunkBytes)
  while (!stream.aborted) {
    // Before reading: what was written until it ended is read after that.
    if (live && Date.now() - askedAt >= liveMs) {
      const state = await look()
      // Without an `end`: whoever reconnects hears why.
      if (state === 'closed') return
      live = state === 'live'
      askedAt = Date.now()
    }
    const found = await reader.read(position, room)
    const whole = wholeCharacters(found.bytes, !live && found.bytes.length < chunkBytes)
    if (whole.length > 0) {
      position = found.position + whole.length
      quietSince = Date.now()
      // As JSON: the event format would swallow carriage returns and a blank at the start of a line.
      const data = JSON.stringify(whole.toString('utf8'))
      await stream.writeSSE({ event: 'log', id: String(position), data })
      continue
    }
    if (!live) {
      await stream.writeSSE({ event: 'end', data: '' })
      return
    }
    if (Date.now() - quietSince > heartbeatMs) {
      quietSince = Date.now()
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
