import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { zGetInstanceLogsQuery } from '../../src/api/generated/zod.gen.ts'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { mayReadLog, maySeeInstance } from '../../src/rules/instances.ts'
import type { AppEnv, Platform } from '../context.ts'
import { enforce, instanceNotFound, Problem } from '../http/problem.ts'
import { readQuery } from '../http/request.ts'
import { getInstance } from '../store/instances.ts'

const chunkBytes = 64 * 1024
const pollMs = 200
/** Keeps proxies and browsers from taking a quiet log for a dead connection. */
const heartbeatMs = 15_000

export function logRoutes(platform: Platform) {
  const { database, scheduler } = platform

  return new Hono<AppEnv>().get('/instances/:instanceId/logs', async (c) => {
    const query = readQuery(c, zGetInstanceLogsQuery, ['previous', 'tail', 'follow'])
    const { actor } = c.var
    const instance = await getInstance(database, c.req.param('instanceId'))
    if (instance === undefined) throw instanceNotFound()
    enforce(maySeeInstance(actor, instance, isInCatalogOf(actor, instance.storedApp)))
    enforce(mayReadLog(actor, instance))
    const run = query.previous ? instance.run - 1 : instance.run
    if (run < 1) {
      throw new Problem(404, 'log.no-previous-run', 'This instance was started only once.')
    }
    const file = scheduler.logFile(instance.id, run)
    if (!query.follow) {
      c.header('Content-Type', 'text/plain; charset=utf-8')
      c.header('Content-Security-Policy', "default-src 'none'; sandbox")
      const handle = await openLog(file)
      const from = handle ? await startOf(handle, query.tail) : 0
      return c.body(handle ? readAll(handle, from) : '')
    }

    const lastId = c.req.header('Last-Event-ID')
    if (lastId !== undefined && !/^\d{1,15}$/.test(lastId)) {
      throw new Problem(400, 'request.invalid-header', 'Last-Event-ID is a position in bytes.')
    }
    /** Whether this run may still write. */
    const isLive = async () => {
      const now = await getInstance(database, instance.id)
      return now?.run === run && (now.status === 'PENDING' || now.status === 'DEPLOYED')
    }
    return streamSSE(c, async (stream) => {
      const handle = await waitForLog(file, stream, isLive)
      if (handle === null) {
        await stream.writeSSE({ event: 'end', data: '' })
        return
      }
      try {
        const start = lastId === undefined ? await startOf(handle, query.tail) : Number(lastId)
        await follow(handle, start, stream, isLive)
      } finally {
        await handle.close()
      }
    })
  })
}

async function openLog(file: string): Promise<FileHandle | null> {
  return open(file, 'r').catch(() => null)
}

async function waitForLog(
  file: string,
  stream: SSEStreamingApi,
  isLive: () => Promise<boolean>,
): Promise<FileHandle | null> {
  for (;;) {
    const live = await isLive()
    const handle = await openLog(file)
    if (handle !== null || !live || stream.aborted) return handle
    await sleep(pollMs)
  }
}

/** The start of the line that is about `tail` bytes before the end. */
async function startOf(handle: FileHandle, tail: number | undefined): Promise<number> {
  const { size } = await handle.stat()
  if (tail === undefined || tail >= size) return 0
  const from = size - tail
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, from)
  const newline = buffer.subarray(0, bytesRead).indexOf(0x0a)
  return newline === -1 ? from : from + newline + 1
}

function readAll(handle: FileHandle, start: number): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream({
    async pull(controller) {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(chunkBytes),
        0,
        chunkBytes,
        position,
      )
      position += bytesRead
      if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead))
      await handle.close()
      controller.close()
    },
    async cancel() {
      await handle.close()
    },
  })
}

/** Sends what the file grows by. Ids are byte positions, so that a reconnect neither repeats nor skips. */
async function follow(
  handle: FileHandle,
  start: number,
  stream: SSEStreamingApi,
  isLive: () => Promise<boolean>,
): Promise<void> {
  let position = start
  let quietSince = Date.now()
  while (!stream.aborted) {
    const live = await isLive()
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(chunkBytes),
      0,
      chunkBytes,
      position,
    )
    const whole = wholeCharacters(buffer.subarray(0, bytesRead), !live && bytesRead < chunkBytes)
    if (whole.length > 0) {
      position += whole.length
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
