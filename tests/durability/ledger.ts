import type { App, Instance, TagDetail } from '../../src/api/generated/types.gen.ts'

export type AppEntry = {
  readonly name: string
  readonly owner: string
  readonly sha256: string
  readonly visibility: App['visibility']
  /** Ids of the tags it carries. */
  readonly tags: readonly string[]
}

/** `live`: was to run when this was acknowledged. */
export type InstanceEntry = {
  readonly appId: string
  readonly owner: string
  readonly visibility: Instance['visibility']
  readonly state: 'live' | 'SUSPENDED' | 'FAILED'
}

export type TagEntry = Pick<TagDetail, 'name' | 'title' | 'color'> & { readonly etag: string }

/** What the platform acknowledged, and nothing else. */
export class Ledger {
  readonly apps = new Map<string, AppEntry>()
  readonly instances = new Map<string, InstanceEntry>()
  readonly tags = new Map<string, TagEntry>()
  /** Ids of what was acknowledged as deleted. */
  readonly gone = new Set<string>()
}

/**
 * A request whose answer the kill may have swallowed. It can be sent again as it is; `settle` takes the answer into
 * the ledger, throws for one that neither the first nor the second sending should get, and says the id of what was made.
 */
export type Request = {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** What it may have made although nobody was told. */
  readonly makes?: { kind: 'app' | 'tag'; name: string } | { kind: 'instance'; appId: string }
  /** What it may have changed or deleted: the entry as it would be then; null: gone. */
  readonly changes?: { id: string; to: AppEntry | InstanceEntry | TagEntry | null }
  settle(response: Response, isRetry: boolean): Promise<string | void>
}
