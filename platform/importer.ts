import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { type Inspection, inspectBundle } from '../src/bundle/inspect.ts'
import type { BlobLike } from '../src/bundle/zip/source.ts'
import type { Actor } from '../src/rules/actor.ts'
import { mayImport, mayImportContainer, maySeeApp } from '../src/rules/apps.ts'
import { versionSortKey } from '../src/rules/semver.ts'
import { type Blobs, BlobTooLarge, hashOf, type IncomingBlob } from './blobs/blobs.ts'
import { readImages, type StoredImage } from './bundle-images.ts'
import { appChange, type Changes, tagChange } from './changes.ts'
import type { Config } from './config.ts'
import { openFile } from './files/open-file.ts'
import { enforce, Problem } from './http/problem.ts'
import { Lock } from './lock.ts'
import { findVersion, getApp, type StoredApp } from './store/apps.ts'
import {
  isBrokenOff,
  isDiskFull,
  isForeignKeyViolation,
  isUniqueViolation,
} from './store/errors.ts'
import { findCreated, type Intent, intentOf, putCreated } from './store/idempotency.ts'
import { listInstancesOf } from './store/instances.ts'
import type { Reserve } from './store/reserve.ts'
import type { AppRow, Database, Tables } from './store/schema.ts'
import { deleteUpload } from './store/uploads.ts'
import { assignTag } from './store/tags.ts'
import { getUsers } from './store/users.ts'
import { assignableTags } from './tags/manifest-tags.ts'
import type { Uploads } from './uploads/uploads.ts'

type Import = {
  readonly actor: Actor
  readonly visibility: AppRow['visibility']
  readonly idempotencyKey: string | undefined
}

/** What goes with the app into one transaction. */
type Alongside = (transaction: Transaction<Tables>) => Promise<void>

/** Takes bundles in: receives, inspects, stores. Nothing is left of one that is refused or breaks off. */
export class Importer {
  readonly #database: Database
  readonly #blobs: Blobs
  readonly #uploads: Uploads
  readonly #changes: Changes
  readonly #config: Config
  readonly #now: () => Date
  readonly #reserve: Reserve
  /** Blobs are shared by content: no import may count on one that a deletion is just removing. */
  readonly #blobLock = new Lock()

  constructor(
    database: Database,
    blobs: Blobs,
    uploads: Uploads,
    changes: Changes,
    config: Config,
    now: () => Date,
    reserve: Reserve,
  ) {
    this.#database = database
    this.#blobs = blobs
    this.#uploads = uploads
    this.#changes = changes
    this.#config = config
    this.#now = now
    this.#reserve = reserve
  }

  /**
   * @returns the id of the app; of the earlier one for a retry with the same key
   * @throws {Problem} as the contract's `importApp` says
   */
  async import(asked: Import & { readonly body: AsyncIterable<Uint8Array> }): Promise<string> {
    const { actor, body, visibility, idempotencyKey } = asked
    this.#refuse(actor, visibility)
    const incoming = await this.#receive(body)
    try {
      const fingerprint = `import ${incoming.sha256} ${visibility}`
      const intent = intentOf(actor.userId ?? '', idempotencyKey, fingerprint)
      return (
        (await findCreated(this.#database, intent)) ??
        (await this.#take(actor, incoming, visibility, intent))
      )
    } finally {
      await incoming.discard()
    }
  }

  /**
   * Imports an upload that is whole. It is gone afterwards; refused, it stays.
   *
   * @returns the id of the app; of the earlier one for a retry, although the upload is gone by then
   * @throws {Problem} as the contract's `importUpload` says
   */
  async importUpload(asked: Import & { readonly uploadId: string }): Promise<string> {
    const { actor, uploadId, visibility, idempotencyKey } = asked
    this.#refuse(actor, visibility)
    const ownerId = actor.userId ?? ''
    // Without a key of its own the upload is one, as no header can say it: it is imported once.
    const key = idempotencyKey ?? `upload ${uploadId}`
    const intent = intentOf(ownerId, key, `upload ${uploadId} ${visibility}`)
    return this.#uploads.locks.run(uploadId, async () => {
      const earlier = await findCreated(this.#database, intent)
      if (earlier !== undefined) return earlier
      const { id } = await this.#uploads.findFinished(uploadId, ownerId)
      const incoming = await this.#blobs.adopt(this.#uploads.file(id))
      const appId = await this.#take(actor, incoming, visibility, intent, (transaction) =>
        deleteUpload(transaction, id),
      )
      await this.#uploads.removeFile(id)
      return appId
    })
  }

  #refuse(actor: Actor, visibility: AppRow['visibility']): void {
    enforce(mayImport(actor))
    if (visibility !== 'PUBLIC' || this.#config.publicMode) return
    throw new Problem(
      422,
      'app.public-mode-off',
      'This deployment has no public apps. Import as PRIVATE or ALL_USERS.',
    )
  }

  async #take(
    actor: Actor,
    incoming: IncomingBlob,
    visibility: AppRow['visibility'],
    intent: Intent | undefined,
    alongside?: Alongside,
  ): Promise<string> {
    const file = await openFile(incoming.file)
    try {
      const inspection = await this.#inspect(file.blob, actor)
      return await this.#store(actor, incoming, inspection, visibility, intent, alongside)
    } finally {
      await file.close()
    }
  }

  /**
   * Removes the app and what only it used. Whether that is allowed has been asked.
   *
   * @throws {Problem} 409 where somebody launched it a moment ago
   */
  async delete(app: StoredApp): Promise<void> {
    await this.#blobLock.run(async () => {
      await this.#deleteRow(app).catch(async (error: unknown) => {
        if (!isDiskFull(error)) throw error
        this.#reserve.release()
        await this.#deleteRow(app)
      })
      await this.#removeUnused([app.bundle_sha256, ...app.images.map((image) => image.sha256)])
    })
    this.#changes.publish(appChange(app, true))
  }

  async #deleteRow(app: StoredApp): Promise<void> {
    try {
      await this.#database.deleteFrom('apps').where('id', '=', app.id).execute()
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error
      const instances = await listInstancesOf(this.#database, app.id)
      throw new Problem(
        409,
        'app.has-instances',
        'It has instances since a moment ago. They have to be terminated first.',
        { instances },
      )
    }
  }

  /** What is decided is decided: a blob that can't be removed now is swept at the next start. */
  async #removeUnused(candidates: readonly string[]): Promise<void> {
    try {
      const used = await this.usedBlobs()
      for (const sha256 of candidates) if (!used.has(sha256)) await this.#blobs.remove(sha256)
    } catch (error) {
      console.error('wavedeck: a blob that nothing uses could not be removed:', error)
    }
  }

  /** The SHA-256 of every blob that some app refers to. */
  async usedBlobs(): Promise<Set<string>> {
    const bundles = await this.#database.selectFrom('apps').select('bundle_sha256 as sha').execute()
    const images = await this.#database.selectFrom('app_images').select('sha256 as sha').execute()
    return new Set([...bundles, ...images].map((row) => row.sha))
  }

  async #receive(body: AsyncIterable<Uint8Array>): Promise<IncomingBlob> {
    try {
      return await this.#blobs.receive(body, this.#config.limits.bundleBytes)
    } catch (error) {
      if (error instanceof BlobTooLarge) {
        throw new Problem(
          413,
          'bundle.too-large',
          `The bundle is larger than the ${this.#config.limits.bundleBytes} bytes that this deployment takes.`,
        )
      }
      if (isBrokenOff(error)) {
        throw new Problem(
          400,
          'upload.incomplete',
          'The upload broke off before its end. Nothing was kept; send it again.',
        )
      }
      throw error
    }
  }

  async #inspect(blob: BlobLike, actor: Actor): Promise<Inspection> {
    if (blob.size === 0) {
      throw new Problem(
        400,
        'upload.empty',
        'The body is empty. Send the bundle itself as the body.',
      )
    }
    const inspection = await inspectBundle(blob, {
      allowedEnvNames: this.#config.allowedEnvNames,
    })
    if (inspection.verdict === 'error' || inspection.manifest === null) {
      const errors = inspection.findings.filter((finding) => finding.severity === 'error')
      throw new Problem(
        422,
        'bundle.invalid',
        errors.length === 1 && errors[0]
          ? `The bundle can’t be imported: ${errors[0].message}`
          : `The bundle can’t be imported: ${errors.length} errors have to be mended.`,
        { findings: inspection.findings },
      )
    }
    if (inspection.manifest.runtime?.appMode === 'container') enforce(mayImportContainer(actor))
    return inspection
  }

  async #store(
    actor: Actor,
    incoming: IncomingBlob,
    inspection: Inspection,
    visibility: AppRow['visibility'],
    intent: Intent | undefined,
    alongside: Alongside | undefined,
  ): Promise<string> {
    const { manifest } = inspection
    if (manifest === null) throw new Error('Inspected bundles have a manifest')
    await this.#refuseTakenVersion(actor, manifest.name, manifest.version)
    await this.#refuseTooManyVersions(actor, manifest.name)
    const images = await readImages(inspection)
    const row = await this.#row(actor, incoming, inspection, visibility)
    try {
      await this.#blobLock.run(async () => {
        try {
          await this.#insert(actor, row, incoming, images, manifest.tags, intent, alongside)
        } catch (error) {
          await this.#removeUnused([incoming.sha256, ...images.map(({ bytes }) => hashOf(bytes))])
          throw error
        }
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      // Somebody was quicker: the same request twice, or the same version by another one.
      const earlier = await findCreated(this.#database, intent)
      if (earlier !== undefined) return earlier
      await this.#refuseTakenVersion(actor, manifest.name, manifest.version)
      throw error
    }
    const app = await getApp(this.#database, row.id)
    if (app) this.#changes.publish(appChange(app, false))
    for (const { id } of app?.tags ?? []) this.#changes.publish(tagChange(id, false))
    return row.id
  }

  async #insert(
    actor: Actor,
    row: AppRow,
    incoming: IncomingBlob,
    images: readonly StoredImage[],
    tagNames: readonly string[],
    intent: Intent | undefined,
    alongside: Alongside | undefined,
  ): Promise<void> {
    await incoming.keep()
    const rows: Tables['app_images'][] = []
    for (const { kind, n, type, bytes } of images) {
      const { sha256 } = await this.#blobs.put(bytes)
      rows.push({ app_id: row.id, kind, n, type, sha256 })
    }
    await this.#database.transaction().execute(async (transaction) => {
      await transaction.insertInto('apps').values(row).execute()
      if (rows.length > 0) await transaction.insertInto('app_images').values(rows).execute()
      const now = this.#now()
      for (const { id } of await assignableTags(transaction, actor, tagNames)) {
        await assignTag(transaction, row.id, id, now)
      }
      await putCreated(transaction, intent, row.id, now)
      await alongside?.(transaction)
    })
  }

  async #row(
    actor: Actor,
    incoming: IncomingBlob,
    { manifest, stats, longDescription }: Inspection,
    visibility: AppRow['visibility'],
  ): Promise<AppRow> {
    if (manifest === null) throw new Error('Inspected bundles have a manifest')
    const ownerId = actor.userId ?? ''
    const now = this.#now().toISOString()
    const { title, description, keywords, name, version } = manifest
    const { instanceTimeoutSeconds } = this.#config.limits
    return {
      id: randomUUID(),
      name,
      version,
      version_key: versionSortKey(version),
      title,
      title_key: title.toLowerCase(),
      description,
      long_description: longDescription,
      category: manifest.category,
      keywords: JSON.stringify(keywords),
      owner_id: ownerId,
      visibility,
      default_profile: null,
      lifecycle: manifest.lifecycle,
      instance_timeout:
        manifest.instanceTimeout === 'never'
          ? null
          : (manifest.instanceTimeout ?? instanceTimeoutSeconds),
      link: manifest.link,
      manifest: JSON.stringify(manifest),
      bundle_sha256: incoming.sha256,
      bundle_size: incoming.size,
      file_count: stats.fileCount,
      created_at: now,
      updated_at: now,
    }
  }

  async #refuseTakenVersion(actor: Actor, name: string, version: string): Promise<void> {
    const taken = await findVersion(this.#database, name, version)
    if (taken === undefined) return
    const visible = maySeeApp(actor, taken).allowed
    const owners = await getUsers(this.#database, [taken.owner_id])
    const whose =
      taken.owner_id === actor.userId
        ? 'You imported'
        : visible
          ? `${owners.get(taken.owner_id)?.name ?? 'Another author'} imported`
          : 'Another author imported'
    throw new Problem(
      409,
      'app.version-exists',
      `${whose} ${name} ${version} already (app ${visible ? taken.id : 'not visible to you'}). Choose another version.`,
      visible ? { appId: taken.id } : {},
    )
  }

  async #refuseTooManyVersions(actor: Actor, name: string): Promise<void> {
    const { versionsPerName } = this.#config.limits
    const row = await this.#database
      .selectFrom('apps')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('name', '=', name)
      .where('owner_id', '=', actor.userId ?? '')
      .executeTakeFirstOrThrow()
    if (Number(row.count) < versionsPerName) return
    throw new Problem(
      409,
      'app.too-many-versions',
      `You have ${versionsPerName} versions of ${name}, the most that one author may. Delete one first.`,
    )
  }
}
