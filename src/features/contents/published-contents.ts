import { ApiError } from '../../api/errors.ts'
import type { Problem } from '../../api/generated/types.gen.ts'
import type { Comparison } from '../../bundle/compare/compare-bundles.ts'
import type { FolderListing, HeavyEntry } from '../../bundle/contents/folder-index.ts'
import type { BundleReader } from './bundle-reader.ts'

/** What the worker reads of published versions, by their apps' ids. It asks the platform itself. */
export type PublishedCalls = {
  listFolder(appId: string, path: string): Promise<FolderListing>
  heaviest(appId: string, limit: number): Promise<HeavyEntry[]>
  readText(
    appId: string,
    path: string,
    maxBytes: number,
  ): Promise<{ text: string; isCut: boolean } | null>
  /** Null for what is no picture, or too large to be shown. */
  readImage(appId: string, path: string): Promise<Blob | null>
  compare(before: string, after: string, allowedEnvNames: readonly string[]): Promise<Comparison>
}

export type PublishedRequest = { method: keyof PublishedCalls; args: readonly unknown[] }

export type PublishedAnswer =
  | { value: unknown }
  | { problem: Pick<Problem, 'status' | 'code' | 'title' | 'requestId'> }

let worker: Worker | undefined
/** What waits for an answer, to be told when there will be none. */
const waiting = new Set<(error: ApiError) => void>()

/** A list of 50,000 files takes long to parse, check and sort by folder: none of it is done on the page's thread. */
function theWorker(): Worker {
  if (worker !== undefined) return worker
  const started = new Worker(new URL('./published-worker.ts', import.meta.url), {
    type: 'module',
    name: 'contents',
  })
  started.addEventListener('error', (event) => {
    worker = undefined
    const title = event.message || 'What reads bundles could not be started. Reload the page.'
    for (const fail of waiting)
      fail(new ApiError({ status: 0, code: 'contents.unreadable', title }))
    waiting.clear()
  })
  worker = started
  return started
}

function call<Method extends keyof PublishedCalls>(
  method: Method,
  ...args: Parameters<PublishedCalls[Method]>
): ReturnType<PublishedCalls[Method]> {
  const answered = new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel()
    waiting.add(reject)
    port1.addEventListener('message', ({ data }: MessageEvent<PublishedAnswer>) => {
      waiting.delete(reject)
      port1.close()
      if ('value' in data) resolve(data.value)
      else reject(new ApiError(data.problem))
    })
    port1.start()
    theWorker().postMessage({ method, args } satisfies PublishedRequest, [port2])
  })
  // The worker answers by the same types.
  return answered as ReturnType<PublishedCalls[Method]>
}

/** A published version's bundle, for the explorer. Rejects with an `ApiError`. */
export function publishedReader(appId: string): BundleReader {
  return {
    listFolder: (path) => call('listFolder', appId, path),
    heaviest: (limit) => call('heaviest', appId, limit),
    readText: (path, maxBytes) => call('readText', appId, path, maxBytes),
    readImage: (path) => call('readImage', appId, path),
  }
}

/**
 * Compares two published versions: manifest by meaning, requirements, files.
 *
 * @param allowedEnvNames reserved environment names that this deployment allows
 */
export function comparePublished(
  before: string,
  after: string,
  allowedEnvNames: readonly string[],
): Promise<Comparison> {
  return call('compare', before, after, allowedEnvNames)
}
