import type { QueryClient } from '@tanstack/react-query'
import { appKeys, newRunIntent, runAppOptions } from '../../api/apps.ts'
import { ApiError, isUnreachable, isWorthRetrying } from '../../api/errors.ts'
import type { App, Environment } from '../../api/generated/types.gen.ts'
import { meOptions } from '../../api/session.ts'
import {
  beginUpload,
  finishUpload,
  forgetUpload,
  type RunningUpload,
  storedUploadId,
} from '../../api/uploads.ts'
import { importWhole } from '../../api/whole-upload.ts'
import { expectReadable, isLostFile, LostFileError } from './lost-file.ts'
import type { QueueItem, Transfer } from './queue-item.ts'
import { Speed } from './speed.ts'

type Options = {
  /** The item as it is now; undefined once it is off the list. */
  item: () => QueueItem | undefined
  environment: Environment
  client: QueryClient
  /** Start it as soon as it is imported. */
  run: boolean
  fingerprint: (item: QueueItem) => Promise<string>
  onTransfer: (transfer: Transfer) => void
}

/** One bundle's way to the platform, which its place in the queue decides the start of. */
export type Sending = {
  start: () => void
  isStarted: () => boolean
  pause: () => void
  resume: () => void
  /** Ends it without another word. */
  stop: () => void
}

type Insisting = { attempt: () => Promise<App>; onOffline: () => void | Promise<void> }

const retryMs = [1000, 2000, 5000, 10_000]
/** As often, where the platform itself failed; without a connection it goes on trying. */
const maxFailures = 4

export function sendBundle(options: Options): Sending {
  const { environment, client, onTransfer } = options
  const stopped = new AbortController()
  let upload: RunningUpload | null = null
  let isStarted = false
  let isPaused = false
  const speed = new Speed()
  let uploading: Extract<Transfer, { kind: 'uploading' }> = {
    kind: 'uploading',
    sent: 0,
    total: 0,
    bytesPerSecond: null,
    state: 'moving',
    isResumable: environment.uploads !== null,
  }

  function show(change: Partial<typeof uploading>) {
    uploading = { ...uploading, ...change }
    if (!stopped.signal.aborted) onTransfer(uploading)
  }

  async function sendByTus(item: QueueItem, blob: Blob, endpoint: string): Promise<App> {
    const fingerprint = await options.fingerprint(item)
    const earlier = await finishEarlier(fingerprint, item)
    if (earlier !== null) return earlier
    stopped.signal.throwIfAborted()
    show({ total: blob.size, sent: item.arrived ?? 0 })
    const lost = Promise.withResolvers<never>()
    upload = await beginUpload({
      blob,
      name: item.name,
      fingerprint,
      endpoint,
      onProgress: (sent, total) => {
        const state = isPaused ? 'paused' : 'moving'
        show({ sent, total, state, bytesPerSecond: speed.add(performance.now(), sent) })
      },
      onConnection: (isThere) => {
        speed.reset()
        show({ state: isThere ? 'moving' : 'offline', bytesPerSecond: null })
        if (!isThere) expectReadable(blob).catch(lost.reject)
      },
    })
    if (stopped.signal.aborted) upload.stop()
    if (isPaused) upload.pause()
    const uploadId = await Promise.race([upload.finished, lost.promise])
    upload = null
    const app = await insist({
      attempt: () => {
        onTransfer({ kind: 'importing', isOffline: false })
        return finishUpload(uploadId, item.visibility)
      },
      onOffline: () => onTransfer({ kind: 'importing', isOffline: true }),
    })
    forgetUpload(fingerprint)
    return app
  }

  /** All of it may be there since an earlier visit, or be imported already, the answer lost. */
  async function finishEarlier(fingerprint: string, item: QueueItem): Promise<App | null> {
    const uploadId = storedUploadId(fingerprint)
    if (uploadId === null) return null
    try {
      const app = await finishUpload(uploadId, item.visibility)
      forgetUpload(fingerprint)
      return app
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 404) forgetUpload(fingerprint)
      const goesOn = error.status === 404 || error.code === 'upload.incomplete'
      if (goesOn || isWorthRetrying(error)) return null
      throw error
    }
  }

  /** In one request, each retry from the beginning. */
  function sendWhole({ visibility }: QueueItem, blob: Blob): Promise<App> {
    const key = crypto.randomUUID()
    return insist({
      attempt: () => {
        speed.reset()
        show({ sent: 0, total: blob.size, state: 'moving', bytesPerSecond: null })
        return importWhole({
          blob,
          visibility,
          key,
          signal: stopped.signal,
          onProgress: (sent) => show({ sent, bytesPerSecond: speed.add(performance.now(), sent) }),
          onSent: () => {
            if (!stopped.signal.aborted) onTransfer({ kind: 'importing', isOffline: false })
          },
        })
      },
      onOffline: async () => {
        await expectReadable(blob)
        show({ state: 'offline', bytesPerSecond: null })
      },
    })
  }

  /** Until the platform has answered, or has failed too often. */
  async function insist({ attempt, onOffline }: Insisting): Promise<App> {
    for (let failures = 0; ; failures++) {
      stopped.signal.throwIfAborted()
      try {
        return await attempt()
      } catch (error) {
        const isOffline = isUnreachable(error)
        const isHopeless = error instanceof ApiError && error.status === 507
        if (!isWorthRetrying(error) || isHopeless || (!isOffline && failures >= maxFailures)) {
          throw error
        }
        stopped.signal.throwIfAborted()
        if (isOffline) await onOffline()
        await pauseFor(retryMs[failures] ?? 10_000, stopped.signal)
      }
    }
  }

  async function send(): Promise<void> {
    const item = options.item()
    if (item === undefined || item.blob === null) return
    const { blob } = item
    const endpoint = environment.uploads?.path
    const app =
      endpoint === undefined ? await sendWhole(item, blob) : await sendByTus(item, blob, endpoint)
    // Whoever ended it meanwhile, or is somebody else by now, hears no more of it.
    stopped.signal.throwIfAborted()
    await imported(app)
  }

  async function imported(app: App): Promise<void> {
    const { run } = options
    onTransfer({ kind: 'imported', app, run: { kind: run ? 'asked' : 'no' } })
    client.setQueryData(appKeys.detail(app.id), app)
    await client.invalidateQueries({ queryKey: appKeys.all })
    if (!run) return
    try {
      const mutation = client.getMutationCache().build(client, runAppOptions())
      await mutation.execute(newRunIntent(app))
      onTransfer({ kind: 'imported', app, run: { kind: 'started' } })
    } catch (error) {
      onTransfer({ kind: 'imported', app, run: { kind: 'failed', error } })
    }
  }

  return {
    isStarted: () => isStarted,
    start() {
      isStarted = true
      send().catch((error: unknown) => {
        if (stopped.signal.aborted) return
        upload?.stop()
        onTransfer({ kind: 'refused', error: isLostFile(error) ? new LostFileError() : error })
        // Everybody should know who is here now; see `endWithPerson`.
        if (error instanceof ApiError && error.status === 401) {
          void client.invalidateQueries({ queryKey: meOptions().queryKey })
        }
      })
    },
    pause() {
      isPaused = true
      upload?.pause()
      speed.reset()
      show({ state: 'paused', bytesPerSecond: null })
    },
    resume() {
      isPaused = false
      upload?.resume()
      show({ state: 'moving' })
    },
    stop() {
      stopped.abort()
      upload?.stop()
    },
  }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The upload was ended.', 'AbortError'))
    })
    // The network is back: no need to wait.
    window.addEventListener('online', () => resolve(), { once: true })
  })
}
