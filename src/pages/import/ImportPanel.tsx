import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef } from 'react'
import type { Environment } from '../../api/generated/types.gen.ts'
import { publishedOptions } from '../../api/published.ts'
import { secretListOptions } from '../../api/secrets.ts'
import { useActor } from '../../api/session.ts'
import { tagListOptions } from '../../api/tags.ts'
import type { Manifest } from '../../bundle/manifest/manifest.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import { isUnderWay, type QueueItem } from '../../features/bundles/queue-item.ts'
import { ImportedCard } from './ImportedCard.tsx'
import { ImportForm } from './ImportForm.tsx'
import { preflight } from './preflight.ts'
import { PreflightList } from './PreflightList.tsx'
import { Refusal } from './Refusal.tsx'
import { TransferStatus } from './TransferStatus.tsx'
import { hasValidName } from './valid-identity.ts'

const Root = styled('aside')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  alignContent: 'start',
  gap: 16,
  minWidth: 0,
  outline: 'none',
  scrollMarginTop: 72,
  '& h3': { ...theme.typography.h3, margin: 0 },
}))

type Props = {
  /** Where the focus goes for the import. */
  panel: RefObject<HTMLElement | null>
  item: QueueItem
  report: BundleReport
  queue: ImportQueue
  environment: Environment
  next: string | null
  onShow: (id: string) => void
  onTab: (tab: string) => void
}

/** The bundle's way to the platform: what stands against it, who shall see it, and how far it is. */
export function ImportPanel(props: Props) {
  const { panel, item, report, queue, environment, next, onShow, onTab } = props
  const { transfer } = item
  const shownKind = useRef(transfer.kind)

  // Its buttons change with the upload: the focus stays here, rather than nowhere.
  useEffect(() => {
    if (shownKind.current === transfer.kind) return
    shownKind.current = transfer.kind
    if (document.activeElement !== document.body) return
    panel.current?.focus({ preventScroll: true })
  }, [panel, transfer.kind])

  if (transfer.kind === 'imported') {
    return (
      <Root ref={panel} tabIndex={-1} aria-label="Import">
        <ImportedCard app={transfer.app} run={transfer.run} next={next} onShow={onShow} />
      </Root>
    )
  }
  if (isUnderWay(item)) {
    return (
      <Root ref={panel} tabIndex={-1} aria-label="Import">
        <TransferStatus item={item} queue={queue} />
      </Root>
    )
  }
  return (
    <Root ref={panel} tabIndex={-1} aria-label="Import">
      {transfer.kind === 'refused' && (
        <Refusal error={transfer.error} isKept={environment.uploads !== null} onTab={onTab} />
      )}
      {report.manifest === null ? (
        <p style={{ margin: 0 }}>
          It can be imported once its app.toml can be read. What is wrong with it is among the
          findings.
        </p>
      ) : (
        <Ready {...props} manifest={report.manifest} />
      )}
    </Root>
  )
}

function Ready({ item, report, queue, environment, manifest }: Props & { manifest: Manifest }) {
  const actor = useActor()
  const { findings } = report
  const isNamed = hasValidName(findings)
  const { data: published } = useQuery(publishedOptions(isNamed ? manifest.name : ''))
  const { data: secrets } = useQuery(secretListOptions())
  const { data: tags } = useQuery(tagListOptions())
  const lines = preflight(
    { manifest, findings, size: report.stats.size, visibility: item.visibility },
    { actor, environment, published, secrets: secrets?.secrets, tags: tags?.tags },
  )
  return (
    <>
      <PreflightList lines={lines} isChecking={isNamed && published === undefined} />
      <ImportForm
        item={item}
        report={report}
        manifest={manifest}
        lines={lines}
        queue={queue}
        environment={environment}
      />
    </>
  )
}
