import { queryOptions } from '@tanstack/react-query'
import { type ImageInfo, isShowable, readImageInfo } from '../../bundle/contents/image.ts'
import type { BundleReader } from './bundle-reader.ts'

/** Longer texts are shown to this many bytes. */
export const maxTextBytes = 256 * 1024

/** An image says its size in its first bytes; a camera's own data may come before. */
const headBytes = 256 * 1024

export type Picture = { blob: Blob; info: ImageInfo; tooLarge: boolean }

/** How many of the largest entries are asked for, so that the ten largest files are among them beside their folders. */
const heaviestAsked = 200

export type BundleQueries = ReturnType<typeof bundleQueries>

/**
 * What a bundle's contents say, to be read once. They belong into a cache of their own: the catalog's takes every
 * answer for a sign that the platform is there.
 */
export function bundleQueries(reader: BundleReader) {
  return {
    folder: (path: string) =>
      queryOptions({ queryKey: ['folder', path], queryFn: () => reader.listFolder(path) }),
    heaviest: () =>
      queryOptions({ queryKey: ['heaviest'], queryFn: () => reader.heaviest(heaviestAsked) }),
    text: (path: string) =>
      queryOptions({
        queryKey: ['text', path],
        queryFn: () => reader.readText(path, maxTextBytes),
      }),
    picture: (path: string) =>
      queryOptions({
        queryKey: ['picture', path],
        queryFn: async () => pictureOf(await reader.readImage(path)),
      }),
  }
}

async function pictureOf(blob: Blob | null): Promise<Picture | null> {
  if (blob === null) return null
  const head = await blob.slice(0, headBytes).arrayBuffer()
  const info = readImageInfo(new Uint8Array(head))
  if (info === null) return null
  return { blob, info, tooLarge: !isShowable(info) }
}
