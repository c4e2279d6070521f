import type { ToWorker } from '../log-protocol.ts'
import { LogSession } from './log-session.ts'

const session = new LogSession(
  (frame) => globalThis.postMessage(frame, { transfer: [] }),
  () => new Worker(new URL('./pattern-worker.ts', import.meta.url), { type: 'module' }),
)

globalThis.addEventListener('message', ({ data, ports }: MessageEvent<ToWorker>) => {
  session.take(data, (answer) => ports[0]?.postMessage(answer))
})
globalThis.addEventListener('online', () => session.take({ type: 'wake' }))
