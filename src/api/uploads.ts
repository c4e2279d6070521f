import { crc32 } from '../bundle/zip/crc32.ts'
import { toApiError, unsafe } from './client.ts'
import { isUnreachable, isWorthRetrying } from './errors.ts'
import { cancelUpload, importUpload, listUploads } from './generated/sdk.gen.ts'
import type { App, AppVisibility } from './generated/types.gen.ts'

/** What one upload is made of. */
export type UploadIntent = {
  blob: Blob
  /** The file's name, for the list of uploads. */
  name: string
  /** The same for the same bytes of the same person, also after a reload: see `fingerprintOf`. */
  fingerprint: string
  /** Where uploads begin, from the environment. */
  endpoint: string
  /** Bytes that have been sent, of all. */
  onProgress: (sent: number, total: number) => void
  /** The connection is gone, or is there again. */
  onConnection: (isThere: boolean) => void
}

/** An upload under way. */
export type RunningUpload = {
  pause: () => void
  resume: () => void
  /** Ends it; the platform keeps what has arrived, so that it can be gone on with. */
  stop: () => void
  /** The upload's id, once everything has arrived. Rejects with an ApiError where the platform refuses. */
  finished: Promise<string>
}

const tailBytes = 256 * 1024
const backOffMs = { least: 1000, most: 10_000 }
const storageMarker = 'tus::wavedeck:'

/**
 * Names a bundle by its file's name, size and date, and by its end: an archive's directory stands there, with the
 * checksum of every file. Other bytes never go on where these left off.
 */
export async function fingerprintOf(
  userId: string,
  name: string,
  blob: Blob,
  lastModified: number,
): Promise<string> {
  const tail = await blob.slice(Math.max(0, blob.size - tailBytes)).arrayBuffer()
  const sum = crc32(new Uint8Array(tail)).toString(16)
  return `wavedeck:${userId}:${name}:${blob.size}:${lastModified}:${sum}`
}

/** Sends a bundle by the tus protocol: from where an earlier try ended, through any number of lost connections. */
export async function beginUpload(intent: UploadIntent): Promise<RunningUpload> {
  const { Upload } = await import('tus-js-client')
  const finished = Promise.withResolvers<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isHeld = false
  let isActive = false

  const upload = new Upload(intent.blob, {
    endpoint: intent.endpoint,
    headers: { ...unsafe },
    metadata: { filename: intent.name },
    fingerprint: async () => intent.fingerprint,
    // Kept until the import: whoever loses the answer to that finds the upload again.
    removeFingerprintOnSuccess: false,
    // Retried below: as long as it takes, and at once when the network is back.
    retryDelays: null,
    onProgress: (sent, total) => {
      if (failures > 0) intent.onConnection(true)
      failures = 0
      intent.onProgress(sent, total)
    },
    // Else whatever an upload's address is answered with begins another upload: signing in again, say, or a platform
    // that is just starting would cost all that has arrived.
    onAfterResponse: (request, answer) => {
      const status = answer.getStatus()
      if (request.getMethod() !== 'HEAD' || status < 400 || isGone(status)) return
      throw Object.assign(new Error('The upload could not be found out about.'), {
        originalResponse: answer,
      })
    },
    onSuccess: () => {
      stopListening()
      finished.resolve(idOf(upload.url))
    },
    onError: (error) => {
      isActive = false
      const problem = uploadError(error)
      if (!isWorthAnotherTry(problem)) {
        stopListening()
        finished.reject(problem)
        return
      }
      intent.onConnection(false)
      const wait = Math.min(backOffMs.least * 2 ** failures, backOffMs.most)
      failures += 1
      if (!isHeld) timer = setTimeout(again, wait)
    },
  })

  function again() {
    clearTimeout(timer)
    if (isHeld || isActive) return
    isActive = true
    upload.start()
  }
  function networkIsBack() {
    if (failures > 0) again()
  }
  function stopListening() {
    clearTimeout(timer)
    window.removeEventListener('online', networkIsBack)
  }
  function hold() {
    isHeld = true
    isActive = false
    clearTimeout(timer)
    void upload.abort()
  }

  window.addEventListener('online', networkIsBack)
  const earlier = newest(await upload.findPreviousUploads())
  if (earlier !== undefined) upload.resumeFromPreviousUpload(earlier)
  again()
  return {
    pause: hold,
    resume() {
      isHeld = false
      again()
    },
    stop() {
      hold()
      stopListening()
      finished.reject(new DOMException('The upload was ended.', 'AbortError'))
    },
    finished: finished.promise,
  }
}

function newest<Item extends { creationTime: string }>(items: readonly Item[]): Item | undefined {
  return items.toSorted((a, b) => Date.parse(b.creationTime) - Date.parse(a.creationTime))[0]
}

function idOf(url: string | null): string {
  return url?.slice(url.lastIndexOf('/') + 1) ?? ''
}

function isGone(status: number): boolean {
  return status === 404 || status === 410
}

type Answered = { originalResponse?: { getStatus(): number; getBody(): string } | null }
type TusFailure = Answered & { causingError?: (Error & Answered) | null }

function uploadError(error: Error & TusFailure): unknown {
  const answer = error.originalResponse ?? error.causingError?.originalResponse ?? null
  if (answer === null || answer.getStatus() === 0) return toApiError(error, undefined)
  let body: unknown = null
  try {
    body = JSON.parse(answer.getBody())
  } catch {
    // A gateway's page; its status says enough.
  }
  return toApiError(body, new Response(null, { status: answer.getStatus() }))
}

/** A disk that is full stays full; what is busy or out of step is looked at again. */
function isWorthAnotherTry(problem: unknown): boolean {
  const status: unknown = Reflect.get(Object(problem), 'status')
  if (status === 507) return false
  return status === 423 || isUnreachable(problem) || isWorthRetrying(problem)
}

/** The upload of these bytes that an earlier visit began, and how much of it has arrived. Null where there is none. */
export async function findEarlierUpload(
  fingerprint: string,
): Promise<{ id: string; offset: number } | null> {
  const id = storedUploadId(fingerprint)
  if (id === null) return null
  const { uploads } = (await listUploads()).data
  const found = uploads.find((upload) => upload.id === id)
  return found === undefined ? null : { id, offset: found.offset }
}

/** The id under which an earlier visit uploaded these bytes; the upload may be gone by now. */
export function storedUploadId(fingerprint: string): string | null {
  for (const key of storedKeys(fingerprint)) {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
      const url: unknown = Reflect.get(Object(stored), 'uploadUrl')
      if (typeof url === 'string') return idOf(url)
    } catch {
      // Somebody else wrote there.
    }
  }
  return null
}

function storedKeys(fingerprint: string): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(`tus::${fingerprint}::`))
}

/** Forgets where these bytes were uploaded: they are imported, or nobody wants them any more. */
export function forgetUpload(fingerprint: string): void {
  for (const key of storedKeys(fingerprint)) localStorage.removeItem(key)
}

/** Forgets uploads that the platform has dropped by now. */
export function forgetOldUploads(now: number, expiresAfterSeconds: number): void {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(storageMarker)) continue
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
      const created = Date.parse(String(Reflect.get(Object(stored), 'creationTime')))
      // Every byte puts the end off, so that only what is much older is gone for certain.
      if (now - created < expiresAfterSeconds * 4000) continue
    } catch {
      // Unreadable, so of no use.
    }
    localStorage.removeItem(key)
  }
}

/** Gives back the room that an upload takes. Best effort: what stays expires by itself. */
export async function discardUpload(fingerprint: string): Promise<void> {
  const uploadId = storedUploadId(fingerprint)
  forgetUpload(fingerprint)
  if (uploadId === null) return
  await cancelUpload({
    path: { uploadId },
    headers: { ...unsafe, 'Tus-Resumable': '1.0.0' },
  }).catch(() => undefined)
}

/**
 * Makes an app of an upload that is whole. The key comes from the upload and the visibility, so that a retry, in this
 * visit or the next, never imports twice.
 */
export async function finishUpload(uploadId: string, visibility: AppVisibility): Promise<App> {
  const headers = { ...unsafe, 'Idempotency-Key': `import-${uploadId}-${visibility}` }
  return (await importUpload({ path: { uploadId }, query: { visibility }, headers })).data
}
