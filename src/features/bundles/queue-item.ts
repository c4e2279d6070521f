import type { App, AppVisibility } from '../../api/generated/types.gen.ts'
import type { BundleClient } from './inspection-client.ts'
import type { BundleReport, FixOffer, PackedFolder, TaskProgress } from './inspection-protocol.ts'

/** How far a bundle is on its way to the platform. */
export type Transfer =
  | { kind: 'none' }
  /** Two go at a time. */
  | { kind: 'waiting' }
  | {
      kind: 'uploading'
      /** Bytes that have been sent, of all. */
      sent: number
      total: number
      /** Null until it is known. */
      bytesPerSecond: number | null
      state: 'moving' | 'paused' | 'offline'
      /** Whether it can stop and go on where it was; what is sent in one request begins anew. */
      isResumable: boolean
    }
  /** All bytes are there, and the platform inspects them. */
  | { kind: 'importing'; isOffline: boolean }
  | { kind: 'refused'; error: unknown }
  | { kind: 'imported'; app: App; run: RunAfter }

/** Whether it was to be started at once, and what came of it. */
export type RunAfter =
  | { kind: 'no' }
  | { kind: 'asked' }
  | { kind: 'started' }
  | { kind: 'failed'; error: unknown }

/** The look at every byte, which follows the first. */
export type Check =
  | { kind: 'waiting' }
  | { kind: 'running'; progress: TaskProgress | null }
  | { kind: 'done' }
  | { kind: 'cancelled' }

export type Stage =
  | { kind: 'packing'; progress: TaskProgress | null }
  | { kind: 'inspecting' }
  | { kind: 'ready'; report: BundleReport; client: BundleClient }
  | { kind: 'unreadable'; reason: string }

/** A change that was made here, with what takes it back. */
export type AppliedChange = { titles: readonly string[]; before: Blob }

/** One bundle on the list. */
export type QueueItem = {
  readonly id: string
  /** The file's or folder's. */
  readonly name: string
  readonly isFolder: boolean
  /** What would be uploaded; null while a folder is packed. */
  readonly blob: Blob | null
  readonly stage: Stage
  readonly check: Check
  /** Of the icon, for as long as the item is on the list. */
  readonly iconUrl: string | null
  readonly fixes: readonly FixOffer[]
  readonly changes: readonly AppliedChange[]
  /** Something is being changed: no button may change something else. */
  readonly isChanging: boolean
  /** Why the last change could not be made. */
  readonly changeError: string | null
  /** What packing a folder did. */
  readonly packed: Omit<PackedFolder, 'blob'> | null
  readonly visibility: AppVisibility
  readonly transfer: Transfer
  /** Bytes that an earlier visit has uploaded already. */
  readonly arrived: number | null
}

/** Whether bytes of it are on their way, or waiting for that. */
export function isUnderWay({ transfer }: Pick<QueueItem, 'transfer'>): boolean {
  return ['waiting', 'uploading', 'importing'].includes(transfer.kind)
}

/** The name that people know it by. */
export function titleOf({ stage, name }: QueueItem): string {
  return stage.kind === 'ready' ? (stage.report.manifest?.title ?? name) : name
}

/** The app's name, where it is known: its mark's colour comes from it. */
export function nameOf({ stage, name }: QueueItem): string {
  return stage.kind === 'ready' ? (stage.report.manifest?.name ?? name) : name
}

/** What the bundle is called as a file; a folder becomes one of its app's name and version. */
export function fileNameOf({ stage, name, isFolder }: QueueItem): string {
  if (!isFolder) return name
  const manifest = stage.kind === 'ready' ? stage.report.manifest : null
  return manifest === null ? `${name}.wave` : `${manifest.name}.${manifest.version}.wave`
}
