import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { type Context, Hono } from 'hono'
import { checksumText } from '../../src/bundle/compare/checksum-text.ts'
import type { Archive } from '../../src/bundle/zip/archive.ts'
import { openArchive } from '../../src/bundle/zip/open-archive.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { mayDownloadBundle, mayReadSource } from '../../src/rules/apps.ts'
import type { AppEnv, Platform } from '../context.ts'
import { readPicture } from '../bundle-images.ts'
import { openFile } from '../files/open-file.ts'
import { appNotFound, enforce, Problem } from '../http/problem.ts'
import { pictureResponse } from '../http/picture.ts'
import { getApp, type StoredApp } from '../store/apps.ts'

/** More of a file than anybody reads in a browser. */
const maxTextBytes = 1024 ** 2

const fileNotFound = () =>
  new Problem(404, 'file.not-found', 'There is no such file in the bundle.')

/** What is inside a bundle, for those who may see the app; the source is not for anonymous people. */
export function bundleContentRoutes(platform: Platform) {
  const { database, blobs } = platform

  async function readableApp(id: string, actor: Actor): Promise<StoredApp> {
    const app = await getApp(database, id)
    if (app === undefined) throw appNotFound()
    enforce(mayReadSource(actor, app))
    return app
  }

  async function withArchive<T>(
    app: StoredApp,
    work: (archive: Archive) => Promise<T>,
  ): Promise<T> {
    const file = await openFile(blobs.path(app.bundle_sha256))
    try {
      // Its headers were all compared when it was imported.
      const { archive } = await openArchive(file.blob, { thorough: false })
      if (archive === null) throw new Error(`The stored bundle of ${app.id} can’t be read`)
      return await work(archive)
    } finally {
      await file.close()
    }
  }

  /** Always plain text, sandboxed: what an author packed is never a page on our origin. */
  async function sendText(c: Context<AppEnv>, app: StoredApp, path: string, isOptional: boolean) {
    const text = await withArchive(app, async (archive) => {
      const entry = archive.get(path)
      if (entry === undefined || entry.isFolder) {
        if (isOptional) return ''
        throw fileNotFound()
      }
      const parts: Uint8Array[] = []
      let size = 0
      for await (const part of archive.stream(entry)) {
        parts.push(part)
        size += part.length
        if (size >= maxTextBytes) break
      }
      const bytes = Buffer.concat(parts).subarray(0, maxTextBytes)
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
      } catch {
        throw new Problem(422, 'file.not-text', 'This file is not text.')
      }
    })
    c.header('Content-Type', 'text/plain; charset=utf-8')
    c.header('Content-Security-Policy', "default-src 'none'; sandbox")
    return c.body(text)
  }

  return new Hono<AppEnv>()
    .get('/apps/:appId/files', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      const files = await withArchive(app, async ({ entries }) =>
        entries
          .filter(({ isFolder }) => !isFolder)
          .map(({ path, size, compressedSize, crc32 }) => ({
            path,
            size,
            packedSize: compressedSize,
            crc32: checksumText(crc32),
          })),
      )
      return c.json({ files })
    })
    .get('/apps/:appId/files/:path', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      return sendText(c, app, c.req.param('path'), false)
    })
    .get('/apps/:appId/pictures/:path', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      const picture = await withArchive(app, async (archive) => {
        const entry = archive.get(c.req.param('path'))
        if (entry === undefined || entry.isFolder) throw fileNotFound()
        return readPicture(archive, entry)
      })
      if (picture === null) {
        throw new Problem(422, 'file.not-picture', 'This file is not a picture that can be shown.')
      }
      return pictureResponse(picture.bytes, picture.type)
    })
    .get('/apps/:appId/manifest', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      return sendText(c, app, 'app.toml', false)
    })
    .get('/apps/:appId/requirements', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      return sendText(c, app, 'requirements.txt', true)
    })
    .get('/apps/:appId/packages', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      return sendText(c, app, 'packages.txt', true)
    })
    .get('/apps/:appId/bundle', async (c) => {
      const app = await readableApp(c.req.param('appId'), c.var.actor)
      enforce(mayDownloadBundle(c.var.actor, app))
      c.header('Content-Type', 'application/zip')
      c.header('Content-Length', String(app.bundle_size))
      c.header('Content-Disposition', `attachment; filename="${app.name}.${app.version}.wave"`)
      const stream = Readable.toWeb(createReadStream(blobs.path(app.bundle_sha256)))
      return c.body(stream as ReadableStream<Uint8Array>)
    })
}
