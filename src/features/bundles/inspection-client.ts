import type { PublishedVersion } from '../../bundle/compare/snapshot.ts'
import type { FolderListing, HeavyEntry } from '../../bundle/contents/folder-index.ts'
import type { FixDescription } from '../../bundle/fix/describe-fix.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import type {
  BundleReport,
  ChangedBundle,
  CodeFrame,
  ComparedVersions,
  FixOffer,
  InspectionCalls,
  InspectionMethod,
  PackedFolder,
  PackInput,
  TaskProgress,
  TextPart,
  WorkerReply,
  WorkerRequest,
} from './inspection-protocol.ts'

export type { FolderListing, HeavyEntry } from '../../bundle/contents/folder-index.ts'
export type { TextPart } from './inspection-protocol.ts'

/** A task that takes its time: it can be ended, and tells how far it is. */
type LongTask = { signal?: AbortSignal; onProgress?: (progress: TaskProgress) => void }

/**
 * One bundle, read in the worker: the page gets what it shows and nothing more. Paths are as in the archive, '' for
 * the root. Every call rejects with an InspectionError where the bundle can't be read any more.
 */
export type BundleClient = {
  /** One folder's contents; empty for a path that is none. */
  listFolder(path: string): Promise<FolderListing>
  /** The largest files and folders, the largest first; a folder weighs what is in it. */
  heaviest(limit: number): Promise<HeavyEntry[]>
  /** The beginning of a text file; null where it isn't text. */
  readText(path: string, maxBytes: number): Promise<TextPart | null>
  /** A PNG, JPEG, GIF or WebP image, typed by its bytes; null for everything else and for very large ones. */
  readImage(path: string): Promise<Blob | null>
  readScreenshot(index: number): Promise<Blob | null>
  /** Some lines around a place in a text file; null where it isn't text or the line isn't there. */
  codeFrame(path: string, line: number): Promise<CodeFrame | null>
  /** The first look. */
  open(blob: Blob): Promise<BundleReport>
  /** The second look, at every byte. Rejects with an AbortError where the signal aborts. */
  verify(task: LongTask): Promise<BundleReport>
  findFixes(): Promise<FixOffer[]>
  describeFix(fix: Fix): Promise<FixDescription>
  /** The bundle is the changed one from then on; `open` of an earlier blob undoes it. */
  applyFix(fix: Fix): Promise<ChangedBundle>
  applyAllFixes(): Promise<ChangedBundle>
  /** A fix that sets the version; null where it can't be set. */
  versionFix(version: string): Promise<Fix | null>
  developmentFix(now: number): Promise<Fix | null>
  compare(published: PublishedVersion, versions: string[]): Promise<ComparedVersions>
  /** Forgets the bundle. */
  close(): void
}

/** The worker could not do what it was asked for: the file has changed or is gone, or it is damaged. */
export class InspectionError extends Error {
  override readonly name = 'InspectionError'
}

type Waiting = {
  resolve: (value: unknown) => void
  reject: (reason: unknown) => void
  onProgress: ((progress: TaskProgress) => void) | undefined
}

/** A worker that inspects, packs and changes bundles, shared by all bundles of a page. */
export class InspectionWorker {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #lastKey = 0

  constructor() {
    this.#worker = new Worker(new URL('./inspection-worker.ts', import.meta.url), {
      type: 'module',
      name: 'inspection',
    })
    this.#worker.addEventListener('message', (event: MessageEvent<WorkerReply>) =>
      this.#settle(event.data),
    )
    this.#worker.addEventListener('error', (event) => {
      // Out of memory, or its code could not be fetched: nobody will answer any more.
      const reason = new InspectionError(event.message || 'The inspector could not be started.')
      for (const { reject } of this.#waiting.values()) reject(reason)
      this.#waiting.clear()
    })
  }

  /** @param allowedEnvNames reserved environment names that this deployment allows */
  bundle(allowedEnvNames: readonly string[] = []): BundleClient {
    this.#lastKey += 1
    const key = String(this.#lastKey)
    return {
      open: (blob) => this.#call('open', [key, blob, [...allowedEnvNames]]),
      close: () => void this.#call('close', [key]).catch(() => undefined),
      verify: (task) => this.#call('verify', [key], task),
      listFolder: (path) => this.#call('listFolder', [key, path]),
      heaviest: (limit) => this.#call('heaviest', [key, limit]),
      readText: (path, maxBytes) => this.#call('readText', [key, path, maxBytes]),
      readImage: (path) => this.#call('readImage', [key, path]),
      readScreenshot: (index) => this.#call('readScreenshot', [key, index]),
      codeFrame: (path, line) => this.#call('codeFrame', [key, path, line]),
      findFixes: () => this.#call('findFixes', [key]),
      describeFix: (fix) => this.#call('describeFix', [key, fix]),
      applyFix: (fix) => this.#call('applyFix', [key, fix]),
      applyAllFixes: () => this.#call('applyAllFixes', [key]),
      versionFix: (version) => this.#call('versionFix', [key, version]),
      developmentFix: (now) => this.#call('developmentFix', [key, now]),
      compare: (published, versions) => this.#call('compare', [key, published, versions]),
    }
  }

  /** Has the worker load its code before the first bundle comes. What goes wrong is told then. */
  warmUp(): void {
    void this.#call('warmUp', []).catch(() => undefined)
  }

  /** Packs a folder's files as `h2o bundle` does, honouring .appignore. */
  pack(files: PackInput[], task: LongTask = {}): Promise<PackedFolder> {
    return this.#call('pack', [files], task)
  }

  /** Ends it; what is under way rejects. */
  end(): void {
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(abortError())
    this.#waiting.clear()
  }

  #call<Method extends InspectionMethod>(
    method: Method,
    args: Parameters<InspectionCalls[Method]>,
    { signal, onProgress }: LongTask = {},
  ): Promise<ReturnType<InspectionCalls[Method]>> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortError())
      this.#waiting.set(id, {
        // The worker answers by the same types.
        resolve: (value) => resolve(value as ReturnType<InspectionCalls[Method]>),
        reject,
        onProgress,
      })
      signal?.addEventListener('abort', () => this.#post({ id, method: 'cancel' }), { once: true })
      this.#post({ id, method, args })
    })
  }

  #post(request: WorkerRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    this.#worker.postMessage(request)
  }

  #settle(reply: WorkerReply): void {
    const waiting = this.#waiting.get(reply.id)
    if (waiting === undefined) return
    if (reply.kind === 'progress') return waiting.onProgress?.(reply.progress)
    this.#waiting.delete(reply.id)
    if (reply.kind === 'result') waiting.resolve(reply.value)
    else if (reply.name === 'AbortError') waiting.reject(abortError())
    else waiting.reject(new InspectionError(reply.message))
  }
}

function abortError(): DOMException {
  return new DOMException('It was ended.', 'AbortError')
}
