import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { type ReactNode, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { Environment } from '../../api/generated/types.gen.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { BundleHead } from './BundleHead.tsx'
import { BundleTabs } from './BundleTabs.tsx'
import { withoutPlace } from './file-place.ts'
import { ImportBar } from './ImportBar.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import { PackedNote } from './PackedNote.tsx'
import { ProgressBar } from './ProgressBar.tsx'

const Frame = styled(Surface)({ minWidth: 0, containerType: 'inline-size' })

const Body = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: 24,
  gridTemplateColumns: 'minmax(0, 1fr)',
  padding: '16px 16px 20px',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  [theme.breakpoints.up('sm')]: { padding: '16px 24px 24px' },
  '@container (min-width: 780px)': { gridTemplateColumns: 'minmax(0, 1fr) 304px' },
}))

const Waiting = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gap: 10,
  padding: 24,
  color: theme.vars.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}))

type Props = {
  item: QueueItem
  queue: ImportQueue
  environment: Environment
  /** The one to go on with after this. */
  next: string | null
  onShow: (id: string) => void
  onRemove: () => void
}

/** Everything about one chosen bundle: what it is, what is wrong with it, and its way to the platform. */
export function BundlePanel({ item, queue, environment, next, onShow, onRemove }: Props) {
  const [params, setParams] = useSearchParams()
  const panel = useRef<HTMLElement>(null)
  const { stage } = item
  const showTab = (tab: string) => {
    const changed = withoutPlace(params)
    changed.set('tab', tab)
    setParams(changed, { replace: true, preventScrollReset: true })
  }
  return (
    <Frame aria-label={item.name}>
      <BundleHead item={item} queue={queue} onRemove={onRemove} />
      {stage.kind === 'packing' && (
        <Waiting>
          {stage.progress === null
            ? 'Reading the folder …'
            : `Packed ${stage.progress.done.toLocaleString('en')} of ${stage.progress.total.toLocaleString('en')} files`}
          <ProgressBar
            label={`Packing ${item.name}`}
            done={stage.progress?.done ?? 0}
            total={stage.progress?.total ?? 1}
          />
        </Waiting>
      )}
      {stage.kind === 'inspecting' && (
        <Waiting aria-hidden="true">
          <Skeleton width="40%" />
          <Skeleton height={120} round />
        </Waiting>
      )}
      {stage.kind === 'unreadable' && (
        <Inset>
          <EmptyState
            icon={<Icon name="error" />}
            title={`“${item.name}” can’t be read`}
            actions={<Button onClick={onRemove}>Remove it</Button>}
          >
            {stage.reason}
          </EmptyState>
        </Inset>
      )}
      {stage.kind === 'ready' && (
        <>
          {item.packed !== null && <PackedNote packed={item.packed} />}
          <Body>
            <div style={{ minWidth: 0 }}>
              <ErrorBoundary title="This part could not be shown">
                <BundleTabs
                  item={item}
                  report={stage.report}
                  client={stage.client}
                  queue={queue}
                  environment={environment}
                  tab={params.get('tab')}
                  onTab={showTab}
                />
              </ErrorBoundary>
              <ImportBar
                item={item}
                onGo={() => {
                  panel.current?.focus({ preventScroll: true })
                  panel.current?.scrollIntoView({ block: 'start' })
                }}
              />
            </div>
            <ImportPanel
              panel={panel}
              item={item}
              report={stage.report}
              queue={queue}
              environment={environment}
              next={next}
              onShow={onShow}
              onTab={showTab}
            />
          </Body>
        </>
      )}
    </Frame>
  )
}

function Inset({ children }: { children: ReactNode }) {
  return <div style={{ padding: 24 }}>{children}</div>
}
