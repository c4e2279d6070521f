import { client, toApiError, unsafe } from './client.ts'
import type { App, AppVisibility } from './generated/types.gen.ts'
import { zImportAppResponse } from './generated/zod.gen.ts'

type WholeUpload = {
  blob: Blob
  visibility: AppVisibility
  /** The same for its retries. */
  key: string
  signal: AbortSignal
  /** Bytes that have been sent. */
  onProgress: (sent: number) => void
  /** All bytes are sent, and the platform looks at them. */
  onSent: () => void
}

/**
 * Sends a bundle in one request, where the platform takes no uploads. By XMLHttpRequest, as fetch doesn't say how much
 * it has sent. Rejects with an ApiError, or with an AbortError where the signal aborts.
 */
export function importWhole(upload: WholeUpload): Promise<App> {
  const { blob, visibility, key, signal, onProgress, onSent } = upload
  const { promise, resolve, reject } = Promise.withResolvers<App>()
  const request = new XMLHttpRequest()
  const abort = () => request.abort()
  request.open('POST', client.buildUrl({ url: '/apps', query: { visibility } }))
  const headers = { ...unsafe, 'Content-Type': 'application/zip', 'Idempotency-Key': key }
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
  request.upload.addEventListener('load', onSent)
  request.addEventListener('load', () => {
    const answer = readAnswer(request)
    const app = zImportAppResponse.safeParse(answer.body)
    if (answer.response.ok && app.success) resolve(app.data)
    else reject(toApiError(answer.response.ok ? app.error : answer.body, answer.response))
  })
  request.addEventListener('error', () => reject(toApiError(null, undefined)))
  request.addEventListener('abort', () => {
    reject(new DOMException('The upload was ended.', 'AbortError'))
  })
  signal.addEventListener('abort', abort)
  request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
  if (signal.aborted) reject(new DOMException('The upload was ended.', 'AbortError'))
  else request.send(blob)
  return promise
}

function readAnswer({ status, responseText }: XMLHttpRequest) {
  const response = new Response(null, { status })
  try {
    const body: unknown = JSON.parse(responseText)
    return { response, body }
  } catch {
    // A gateway's page; its status says enough.
    return { response, body: null }
  }
}
