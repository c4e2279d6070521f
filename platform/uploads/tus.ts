import type { Readable } from 'node:stream'
import { DataStore, ERRORS, Metadata, Server, Upload as TusUpload } from '@tus/server'
import { Problem } from '../http/problem.ts'
import { isDiskFull } from '../store/errors.ts'
import { uploadNotFound, type Uploads } from './uploads.ts'

export const tusVersion = '1.0.0'
export const uploadsPath = '/api/v1/uploads'

/**
 * Ids come from the rows, which are made before; what tus knows of expiry stays unused, because it has a clock of its
 * own. A GET has nothing to read here.
 */
class TusStore extends DataStore {
  readonly #uploads: Uploads

  constructor(uploads: Uploads) {
    super()
    this.#uploads = uploads
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  }

  override async create(upload: TusUpload): Promise<TusUpload> {
    await this.#uploads.create(upload.id)
    return upload
  }

  override write(source: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.append(id, offset, source)
  }

  override async getUpload(id: string): Promise<TusUpload> {
    const upload = await this.#uploads.find(id)
    if (upload === undefined) throw ERRORS.FILE_NOT_FOUND
    const { size, offset, metadata } = upload
    const known = metadata === '' ? {} : { metadata: Metadata.parse(metadata) }
    return new TusUpload({ id, size, offset, ...known })
  }

  override remove(id: string): Promise<void> {
    return this.#uploads.remove(id)
  }
}

type TusRequest = {
  readonly method: 'OPTIONS' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE'
  readonly id?: string
  /** Only those that tus is to know. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: ReadableStream<Uint8Array> | null
}

/**
 * The tus protocol over the uploads. Who asks, whether they may, and whether their headers are as the contract says has
 * been settled before.
 *
 * @returns answers with tus headers alone
 * @throws {Problem} for everything that went wrong
 */
export function createTus(uploads: Uploads, maxBytes: number) {
  const server = new Server({
    path: uploadsPath,
    datastore: new TusStore(uploads),
    locker: uploads.locks,
    maxSize: maxBytes,
    relativeLocation: true,
    namingFunction: ({ url }) => idOf(url),
    getFileIdFromRequest: ({ url }) => idOf(url),
    // At once, as good as: what has arrived is kept in any case. 0 would be taken for the default of 3 seconds.
    lockDrainTimeout: 1,
    onResponseError: (_request, error) => {
      throw error
    },
  })
  return async ({ method, id = '', headers, body }: TusRequest): Promise<Response> => {
    // A request of our own: neither cookies nor proxies' headers are any of its business.
    const request = new Request(`http://localhost${uploadsPath}/${id}`, {
      method,
      headers: Object.entries({ ...headers, 'Tus-Resumable': tusVersion }).flatMap(
        ([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]),
      ),
      ...(body ? { body, duplex: 'half' } : {}),
    })
    let reply: Response
    try {
      reply = await server.handleWeb(request)
    } catch (error) {
      throw problemOf(error)
    }
    if (!reply.ok) throw new Error(`tus answered ${reply.status}: ${await reply.text()}`)
    const kept = [...reply.headers].filter(([name]) =>
      /^(tus-|upload-|location$|connection$)/.test(name),
    )
    return new Response(null, { status: reply.status, headers: kept })
  }
}

function idOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}

/** What the library throws has no names of its own but its texts; the rest are our own errors, passed through it. */
function problemOf(error: unknown): Error {
  if (isDiskFull(error)) {
    return new Problem(
      507,
      'storage.full',
      'The platform’s disk is full. What has arrived is kept; go on once an admin has freed some space.',
    )
  }
  const body = typeof error === 'object' && error !== null && 'body' in error ? error.body : null
  switch (body) {
    case ERRORS.FILE_NOT_FOUND.body:
      return uploadNotFound()
    case ERRORS.INVALID_OFFSET.body:
      return new Problem(
        409,
        'upload.offset-differs',
        'The upload has another length than these bytes begin at. Ask for it with HEAD and go on from there.',
      )
    case ERRORS.ERR_SIZE_EXCEEDED.body:
    case ERRORS.ERR_MAX_SIZE_EXCEEDED.body:
      return new Problem(
        413,
        'upload.too-long',
        'These are more bytes than the upload’s length leaves room for.',
      )
    // Also after a body that broke off, which nobody is there to hear.
    case ERRORS.ABORTED.body:
    case ERRORS.ERR_LOCK_TIMEOUT.body:
      return new Problem(
        423,
        'upload.busy',
        'This upload is being imported, or another request came in between. Ask in a moment where it stands, and go on from there.',
      )
    default:
      return error instanceof Error ? error : new Error('tus failed', { cause: error })
  }
}
