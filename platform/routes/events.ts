import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppEnv, Platform } from '../context.ts'

/** Keeps proxies from taking a quiet stream for a dead connection, and lets clients tell one from the other. */
const heartbeatMs = 15_000

export function eventRoutes({ changes }: Platform) {
  return new Hono<AppEnv>().get('/events', (c) => {
    const { actor } = c.var
    return streamSSE(c, async (stream) => {
      const unfollow = changes.follow(({ change, mayHear }) => {
        if (!mayHear(actor)) return
        void stream.writeSSE({ event: 'change', data: JSON.stringify(change) })
      })
      const alive = () => void stream.writeSSE({ event: 'alive', data: '' })
      const heartbeat = setInterval(alive, heartbeatMs)
      // Sent at once, so that the client knows it is connected before anything happens.
      await stream.writeSSE({ event: 'alive', data: '' })
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heartbeat)
      unfollow()
    })
  })
}
