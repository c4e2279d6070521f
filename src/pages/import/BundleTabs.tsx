import { Suspense } from 'react'
import { useSearchParams } from 'react-router'
import type { Environment } from '../../api/generated/types.gen.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ChangesTab } from './ChangesTab.tsx'
import { readPlace } from './file-place.ts'
import { FindingsTab } from './FindingsTab.tsx'
import { ListingTab } from './ListingTab.tsx'
import { RequirementsTab } from './RequirementsTab.tsx'
import { Tabs } from './Tabs.tsx'

const BundleContents = lazyPart(
  async () => (await import('../../features/contents/BundleContents.tsx')).BundleContents,
)

const keys = ['findings', 'listing', 'files', 'requirements', 'changes'] as const

type Key = (typeof keys)[number]

type Props = {
  item: QueueItem
  report: BundleReport
  client: BundleClient
  queue: ImportQueue
  environment: Environment
  /** As the address says. */
  tab: string | null
  onTab: (tab: string) => void
}

export function BundleTabs({ item, report, client, queue, environment, tab, onTab }: Props) {
  const [params] = useSearchParams()
  const place = readPlace(params)
  const selected: Key = keys.find((key) => key === tab) ?? 'findings'
  return (
    <Tabs
      label="About this bundle"
      tabs={[
        { key: 'findings', label: 'Findings', count: report.findings.length },
        { key: 'listing', label: 'Listing' },
        { key: 'files', label: 'Files' },
        {
          key: 'requirements',
          label: 'Requirements',
          count: report.requirements.length + report.packages.length,
        },
        { key: 'changes', label: 'Changes' },
      ]}
      selected={selected}
      onSelect={onTab}
    >
      {selected === 'findings' && (
        <FindingsTab item={item} report={report} client={client} queue={queue} />
      )}
      {selected === 'listing' && (
        <ListingTab item={item} report={report} client={client} environment={environment} />
      )}
      {selected === 'files' && (
        <Suspense fallback={<Skeleton height={240} round />}>
          <BundleContents
            // Another state of the bundle, or another place in it, is another explorer.
            key={`${item.id}/${item.changes.length}/${place.path}/${place.line ?? ''}`}
            client={client}
            findings={report.findings}
            initialPath={place.path}
            {...(place.line === null ? {} : { initialLine: place.line })}
          />
        </Suspense>
      )}
      {selected === 'requirements' && <RequirementsTab report={report} />}
      {selected === 'changes' && (
        <ChangesTab item={item} report={report} client={client} queue={queue} />
      )}
    </Tabs>
  )
}
