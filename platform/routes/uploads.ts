import { Metadata } from '@tus/server'
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Upload as UploadView } from '../../src/api/generated/types.gen.ts'
import {
  zAppendToUploadHeaders,
  zCreateUploadHeaders,
  zImportUploadHeaders,
  zImportUploadQuery,
} from '../../src/api/generated/zod.gen.ts'
import { mayImport } from '../../src/rules/apps.ts'
import type { AppEnv, Platform } from '../context.ts'
import { appNotFound, enforce, Problem } from '../http/problem.ts'
import { readHeaders, readQuery } from '../http/request.ts'
import { getApp } from '../store/apps.ts'
import { createTus, tusVersion } from '../uploads/tus.ts'
import type { Upload } from '../uploads/uploads.ts'
import { importedView } from '../views.ts'

const bytesType = 'application/offset+octet-stream'
const maxNameLength = 255

/** Resumable uploads, by the tus protocol 1.0.0; the import of one that is whole is ours. */
export function uploadRoutes(platform: Platform) {
  const { config, database, importer, uploads } = platform
  const tus = createTus(uploads, config.limits.bundleBytes)

  const ownUpload = (c: Context<AppEnv>, id: string) => uploads.findOwn(id, c.var.actor.userId)

  return (
    new Hono<AppEnv>()
      .options('/uploads', () => tus({ method: 'OPTIONS', headers: {} }))
      .get('/uploads', async (c) => {
        enforce(mayImport(c.var.actor))
        const own = await uploads.list(c.var.actor.userId ?? '')
        return c.json({ uploads: own.map(uploadView) })
      })
      .post('/uploads', closeAfterRefusal, speaksTus, async (c) => {
        const headers = readHeaders(c, zCreateUploadHeaders)
        const metadata = readMetadata(headers['Upload-Metadata'])
        for (const extension of ['Upload-Defer-Length', 'Upload-Concat']) {
          if (c.req.header(extension) === undefined) continue
          throw new Problem(
            400,
            'upload.extension-missing',
            `${extension} is not taken here. Send one upload whose length is said at its beginning.`,
          )
        }
        const size = Number(headers['Upload-Length'])
        const id = await uploads.begin(c.var.actor.userId ?? '', size, metadata)
        try {
          const reply = await tus({
            method: 'POST',
            id,
            headers: { 'Upload-Length': headers['Upload-Length'], ...bodyHeaders(c) },
            body: isBytes(c) ? c.req.raw.body : null,
          })
          return withExpiry(reply, uploads.expiry())
        } catch (error) {
          // Nobody will ever know its address.
          await uploads.remove(id)
          throw error
        }
      })
      // HEAD; there is nothing to get.
      .get('/uploads/:uploadId', async (c, next) => {
        if (c.req.method !== 'HEAD') return next()
        enforce(mayImport(c.var.actor))
        refuseOtherTus(c)
        const { id, expires_at } = await ownUpload(c, c.req.param('uploadId'))
        return withExpiry(await tus({ method: 'HEAD', id, headers: {} }), new Date(expires_at))
      })
      .patch('/uploads/:uploadId', closeAfterRefusal, speaksTus, async (c) => {
        const { id } = await ownUpload(c, c.req.param('uploadId'))
        const headers = readHeaders(c, zAppendToUploadHeaders)
        if (!isBytes(c)) {
          throw new Problem(
            415,
            'upload.wrong-type',
            `Send the bytes as the body, with “Content-Type: ${bytesType}”.`,
          )
        }
        const reply = await tus({
          method: 'PATCH',
          id,
          headers: { 'Upload-Offset': headers['Upload-Offset'], ...bodyHeaders(c) },
          body: c.req.raw.body,
        })
        return withExpiry(reply, uploads.expiry())
      })
      .delete('/uploads/:uploadId', speaksTus, async (c) => {
        const { id } = await ownUpload(c, c.req.param('uploadId'))
        return tus({ method: 'DELETE', id, headers: {} })
      })
      .post('/uploads/:uploadId/import', async (c) => {
        const { actor } = c.var
        const { visibility } = readQuery(c, zImportUploadQuery)
        const headers = readHeaders(c, zImportUploadHeaders)
        const appId = await importer.importUpload({
          actor,
          uploadId: c.req.param('uploadId'),
          visibility,
          idempotencyKey: headers['Idempotency-Key'],
        })
        const app = await getApp(database, appId)
        if (app === undefined) throw appNotFound()
        c.header('Location', `/api/v1/apps/${appId}`)
        return c.json(await importedView(platform, actor, app), 201)
      })
  )
}

/** Who may not import is told that before anything else. */
const speaksTus = createMiddleware<AppEnv>(async (c, next) => {
  enforce(mayImport(c.var.actor))
  refuseOtherTus(c)
  return next()
})

function refuseOtherTus(c: Context<AppEnv>): void {
  if (c.req.header('Tus-Resumable') === tusVersion) return
  throw new Problem(
    412,
    'upload.other-tus',
    `This platform speaks tus ${tusVersion}: send “Tus-Resumable: ${tusVersion}”.`,
    { headers: { 'Tus-Version': tusVersion } },
  )
}

/** Gigabytes may still be on their way, and must not stand before the next request. */
const closeAfterRefusal = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  if (c.res.status >= 400) c.header('Connection', 'close')
})

function isBytes(c: Context<AppEnv>): boolean {
  return c.req.header('Content-Type') === bytesType
}

function bodyHeaders(c: Context<AppEnv>): Record<string, string | undefined> {
  return isBytes(c)
    ? { 'Content-Type': bytesType, 'Content-Length': c.req.header('Content-Length') }
    : {}
}

function readMetadata(header: string | undefined): string {
  try {
    if (header !== undefined) Metadata.parse(header)
    return header ?? ''
  } catch {
    throw new Problem(400, 'request.invalid-header', 'A header is not as the API takes it.', {
      violations: [
        { field: 'Upload-Metadata', message: 'Pairs of a key and a Base64 value, with commas' },
      ],
    })
  }
}

function withExpiry(reply: Response, expiry: Date): Response {
  reply.headers.set('Upload-Expires', expiry.toUTCString())
  return reply
}

function uploadView(upload: Upload): UploadView {
  const { id, metadata, size, offset, created_at, expires_at } = upload
  const name = metadata === '' ? null : (Metadata.parse(metadata)['filename'] ?? null)
  return {
    id,
    name: name === null ? null : name.slice(0, maxNameLength).toWellFormed(),
    size,
    offset,
    createdAt: created_at,
    expiresAt: expires_at,
  }
}
