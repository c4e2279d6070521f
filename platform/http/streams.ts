import { hashToken } from '../auth/sessions.ts'
import type { Platform } from '../context.ts'

/**
 * Ends a stream of events at once when its session is ended. One that runs out is the stream's own to notice.
 *
 * @returns what to call when the stream is over
 */
export function endWithSession(
  { sessionEndings }: Platform,
  token: string | null,
  stream: { abort(): void; close(): Promise<void> },
): () => void {
  if (token === null) return () => {}
  const hash = hashToken(token)
  return sessionEndings.follow((ended) => {
    if (ended !== hash) return
    stream.abort()
    void stream.close()
  })
}
