import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppEnv, Platform } from '../context.ts'
import { actorNow } from '../http/security.ts'
import { complain } from '../instances/complain.ts'
import { endWithSession } from '../http/streams.ts'

/** Keeps proxies from taking a quiet stream for a dead connection, and lets clients tell one from the other. */
const heartbeatMs = 15_000

export function eventRoutes(platform: Platform) {
  return new Hono<AppEnv>().get('/events', (c) => {
    const { actor, sessionToken } = c.var
    return streamSSE(c, async (stream) => {
      const unfollow = platform.changes.follow(({ change, mayHear }) => {
        if (!mayHear(actor)) return
        void stream.writeSSE({ event: 'change', data: JSON.stringify(change) })
      })
      const release = endWithSession(platform, sessionToken, stream)
      const beat = async () => {
        // With the session the right to hear ends; the client asks again, as whoever it is then.
        const { userId } = await actorNow(platform, sessionToken)
        if (userId !== actor.userId) stream.abort()
        else await stream.writeSSE({ event: 'alive', data: '' })
      }
      const heartbeat = setInterval(() => void beat().catch(complain), heartbeatMs)
      // Sent at once, so that the client knows it is connected before anything happens.
      await stream.writeSSE({ event: 'alive', data: '' })
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heartbeat)
      release()
      unfollow()
    })
  })
}
