import { queryOptions } from '@tanstack/react-query'
import type { PublishedVersion } from '../../bundle/compare/snapshot.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'

/** Answers of the worker are of one state of one bundle, need no network, and are made again when asked for. */
function ofBundle({ id, changes }: QueueItem, ...what: readonly unknown[]) {
  return {
    queryKey: ['bundle', id, changes.length, ...what] as const,
    networkMode: 'always' as const,
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false,
  }
}

export function codeFrameOptions(
  item: QueueItem,
  client: BundleClient,
  path: string,
  line: number,
) {
  return queryOptions({
    ...ofBundle(item, 'frame', path, line),
    queryFn: () => client.codeFrame(path, line),
  })
}

export function fixDescriptionOptions(item: QueueItem, client: BundleClient, fix: Fix) {
  return queryOptions({
    ...ofBundle(item, 'fix', fix),
    queryFn: () => client.describeFix(fix),
  })
}

export function screenshotOptions(item: QueueItem, client: BundleClient, index: number) {
  return queryOptions({
    ...ofBundle(item, 'screenshot', index),
    queryFn: () => client.readScreenshot(index),
  })
}

export function comparisonOptions(
  item: QueueItem,
  client: BundleClient,
  appId: string,
  published: PublishedVersion | undefined,
  versions: string[],
) {
  return queryOptions({
    ...ofBundle(item, 'comparison', appId, versions),
    queryFn: () => (published === undefined ? null : client.compare(published, versions)),
    enabled: published !== undefined,
  })
}
