import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppEnv, Platform } from '../context.ts'

/** Keeps proxies and browsers from taking a quiet stream for a dead connection. */
const heartbeatMs = 15_000

export function eventRoutes({ changes }: Platform) {
  return new Hono<AppEnv>().get('/events', (c) => {
    const { actor } = c.var
    return streamSSE(c, async (stream) => {
      const unfollow = changes.follow(({ change, mayHear }) => {
        if (!mayHear(actor)) return
        void stream.writeSSE({ event: 'change', data: JSON.stringify(change) })
      })
      const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMs)
      // Sent at once, so that the client knows it is connected before anything happens.
      await stream.write(': hello\n\n')
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heartbeat)
      unfollow()
    })
  })
}
