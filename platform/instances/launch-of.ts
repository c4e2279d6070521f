import { parseQuantity, quantityToBytes } from '../../src/rules/quantity.ts'
import { type Addresses, basePath } from '../addresses.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { Config } from '../config.ts'
import { findProfile } from '../profiles.ts'
import type { Launch } from '../scheduler/scheduler.ts'
import type { StoredInstance } from '../store/instances.ts'
import type { Database } from '../store/schema.ts'
import { findSecret, listSecrets } from '../store/secrets.ts'

type Parts = {
  readonly database: Database
  readonly blobs: Blobs
  readonly config: Config
  readonly addresses: Addresses
}

/** Everything the scheduler needs to know to start this instance as it is now. */
export async function launchOf(
  { blobs, config, addresses, database }: Parts,
  instance: StoredInstance,
): Promise<Launch> {
  const { storedApp } = instance
  const { runtime } = storedApp.manifest
  const secrets = await listSecrets(database)
  const profile = findProfile(instance.profile)
  const asked = profile?.memory ?? runtime?.memoryLimit ?? null
  return {
    instanceId: instance.id,
    run: instance.run,
    app: { id: storedApp.id, name: storedApp.name, version: storedApp.version },
    manifest: storedApp.manifest,
    bundleFile: blobs.path(storedApp.bundle_sha256),
    memoryLimit: bytesOf(asked ?? config.limits.memoryLimit) ?? 2 * 1024 ** 3,
    volumeLimit: bytesOf(runtime?.volumeSize ?? ''),
    startSeconds: config.limits.startSeconds,
    secretValue: (name, key) =>
      findSecret(secrets, name, storedApp.name, instance.owner_id)?.values[key],
    basePath: basePath(instance.id, runtime?.routingMode ?? 'DOMAIN'),
    environment: addresses.catalog,
  }
}

function bytesOf(text: string): number | null {
  const quantity = parseQuantity(text)
  return quantity === null ? null : quantityToBytes(quantity)
}
