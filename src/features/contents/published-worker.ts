import '../../api/client.ts'
import { ApiError } from '../../api/errors.ts'
import { getAppFile, getAppPicture, listAppFiles } from '../../api/generated/sdk.gen.ts'
import { readPublished } from '../../api/published.ts'
import { compareBundles } from '../../bundle/compare/compare-bundles.ts'
import { publishedSnapshot } from '../../bundle/compare/snapshot.ts'
import { FolderIndex } from '../../bundle/contents/folder-index.ts'
import type { PublishedAnswer, PublishedCalls, PublishedRequest } from './published-contents.ts'

/** So many bundles' lists of files are kept: two are compared, one is looked through. */
const keptIndexes = 3

const indexes = new Map<string, Promise<FolderIndex>>()

function indexOf(appId: string): Promise<FolderIndex> {
  const known = indexes.get(appId)
  if (known !== undefined) return known
  const index = listAppFiles({ path: { appId } }).then(
    ({ data }) =>
      new FolderIndex(
        data.files.map(({ path, size, packedSize }) => ({
          path,
          size,
          compressedSize: packedSize,
          isFolder: false,
        })),
      ),
  )
  indexes.set(appId, index)
  index.catch(() => indexes.delete(appId))
  for (const oldest of indexes.keys()) {
    if (indexes.size <= keptIndexes) break
    indexes.delete(oldest)
  }
  return index
}

const calls: PublishedCalls = {
  listFolder: async (appId, path) => (await indexOf(appId)).list(path),
  heaviest: async (appId, limit) => (await indexOf(appId)).heaviest(limit),
  async readText(appId, path, maxBytes) {
    try {
      const { data } = await getAppFile({ path: { appId, path } })
      return { text: data.slice(0, maxBytes), isCut: data.length > maxBytes }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'file.not-text') return null
      throw error
    }
  },
  async readImage(appId, path) {
    try {
      const { data } = await getAppPicture({ path: { appId, path }, parseAs: 'blob' })
      return data instanceof Blob ? data : null
    } catch (error) {
      if (error instanceof ApiError && error.code === 'file.not-picture') return null
      throw error
    }
  },
  async compare(before, after, allowedEnvNames) {
    const [old, next] = await Promise.all(
      [before, after].map(async (appId) =>
        publishedSnapshot(await readPublished(appId), allowedEnvNames),
      ),
    )
    if (old === undefined || next === undefined) throw new Error('Two versions are compared.')
    return compareBundles(old, next)
  },
}

globalThis.addEventListener('message', (event: MessageEvent<PublishedRequest>) => {
  const [port] = event.ports
  const { method, args } = event.data
  const call = calls[method] as (...args: readonly unknown[]) => Promise<unknown>
  void call(...args)
    .then(
      (value): PublishedAnswer => ({ value }),
      (error: unknown): PublishedAnswer => ({ problem: problemOf(error) }),
    )
    .then((answer) => port?.postMessage(answer))
})

/** An error's class doesn't cross to the page; what it says does. */
function problemOf(error: unknown) {
  if (error instanceof ApiError) {
    const { status, code, title, requestId } = error
    return { status, code, title, requestId }
  }
  return { status: 0, code: 'contents.unreadable', title: String(error), requestId: '' }
}
