import { ChangeError } from '../../bundle/fix/fix.ts'
import { ArchiveError } from '../../bundle/zip/archive-error.ts'
import { answerCall } from './inspection-calls.ts'
import { isLostFile, LostFileError } from './lost-file.ts'
import type { TaskProgress, WorkerReply, WorkerRequest } from './inspection-protocol.ts'

/** Progress goes out at most this often, in milliseconds. */
const progressEveryMs = 100

const running = new Map<number, AbortController>()

function reply(message: WorkerReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  globalThis.postMessage(message)
}

globalThis.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data
  if (request.method === 'cancel') running.get(request.id)?.abort()
  else void answer(request)
})

async function answer(request: Exclude<WorkerRequest, { method: 'cancel' }>): Promise<void> {
  const { id, method, args } = request
  const controller = new AbortController()
  running.set(id, controller)
  let reported = 0
  const onProgress = (progress: TaskProgress) => {
    const now = performance.now()
    if (now - reported < progressEveryMs) return
    reported = now
    reply({ id, kind: 'progress', progress })
  }
  try {
    const task = { signal: controller.signal, onProgress }
    const value = await answerCall(method, args, task)
    reply({ id, kind: 'result', value })
  } catch (reason) {
    const name = reason instanceof Error || reason instanceof DOMException ? reason.name : 'Error'
    reply({ id, kind: 'error', name, message: wordsFor(reason) })
  } finally {
    running.delete(id)
  }
}

function wordsFor(reason: unknown): string {
  if (reason instanceof ArchiveError) return reason.finding.message
  if (reason instanceof ChangeError) return reason.message
  if (isLostFile(reason)) return new LostFileError().message
  return reason instanceof Error ? reason.message : String(reason)
}
