import type { Archive, Entry } from '../src/bundle/zip/archive.ts'
import { isShowable, readImageInfo } from '../src/bundle/contents/image.ts'
import type { Inspection } from '../src/bundle/inspect.ts'

export type StoredImage = {
  readonly kind: 'icon' | 'screenshot'
  readonly n: number
  readonly type: string
  readonly bytes: Uint8Array
}

/** What is shown of a bundle stays bounded; the rest of its pictures stays in the bundle. */
const maxImageBytes = 5 * 1024 ** 2
const maxScreenshots = 10

const mediaTypes = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
} as const

/** A file of the bundle as a picture; null where it is none, or more than a page should load. */
export async function readPicture(
  archive: Archive,
  entry: Entry,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> } | null> {
  if (entry.size > maxImageBytes) return null
  const bytes = await archive.read(entry, maxImageBytes)
  const info = readImageInfo(bytes)
  if (info === null || !isShowable(info)) return null
  return { type: mediaTypes[info.type], bytes }
}

/** Icon and screenshots by what their bytes are; anything else of those names is left alone. */
export async function readImages({
  archive,
  icon,
  screenshots,
}: Inspection): Promise<StoredImage[]> {
  if (archive === null) return []
  const read = async (entry: Entry) => {
    if (entry.size > maxImageBytes) return null
    const bytes = await archive.read(entry, maxImageBytes)
    const info = readImageInfo(bytes)
    return info && { type: mediaTypes[info.type], bytes }
  }
  const images: StoredImage[] = []
  const iconImage = icon && (await read(icon))
  if (iconImage) images.push({ kind: 'icon', n: 0, ...iconImage })
  for (const entry of screenshots.slice(0, maxScreenshots)) {
    const image = await read(entry)
    if (image) {
      const n = images.filter(({ kind }) => kind === 'screenshot').length
      images.push({ kind: 'screenshot', n, ...image })
    }
  }
  return images
}
