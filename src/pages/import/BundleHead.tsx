import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import { isUnderWay, nameOf, type QueueItem, titleOf } from '../../features/bundles/queue-item.ts'
import { fileSize } from '../../rules/amounts.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { itemState, percent, verdictWords } from './item-words.ts'
import { ProgressBar } from './ProgressBar.tsx'
import { StateMark } from './StateMark.tsx'

const Root = styled('header')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '12px 16px',
  alignItems: 'flex-start',
  padding: 16,
  [theme.breakpoints.up('sm')]: { padding: '20px 24px' },
  '& h2': {
    ...theme.typography.h2,
    fontSize: 20,
    lineHeight: '28px',
    margin: 0,
    overflowWrap: 'anywhere',
  },
}))

const Words = styled('div')({ flex: '1 1 220px', minWidth: 0 })

const Meta = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: '2px 0 6px',
  color: theme.vars.palette.text.tertiary,
  overflowWrap: 'anywhere',
  fontVariantNumeric: 'tabular-nums',
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12.5 },
}))

const Checking = styled('div')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  alignItems: 'center',
  gap: '4px 12px',
  maxWidth: 420,
  marginTop: 8,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
  '& > :first-of-type': { gridColumn: '1 / -1' },
}))

type Props = { item: QueueItem; queue: ImportQueue; onRemove: () => void }

export function BundleHead({ item, queue, onRemove }: Props) {
  const { stage, transfer } = item
  const report = stage.kind === 'ready' ? stage.report : null
  const manifest = report?.manifest ?? null
  const title = titleOf(item)
  return (
    <Root>
      <AppIcon name={nameOf(item)} title={title} src={item.iconUrl} size={48} />
      <Words>
        <h2>{title}</h2>
        <Meta>
          {manifest !== null && (
            <>
              <code>
                {manifest.name} {manifest.version}
              </code>
              {' · '}
            </>
          )}
          {manifest === null || manifest.title !== item.name ? item.name : ''}
          {report !== null &&
            ` · ${fileSize(report.stats.size)} · ${report.stats.fileCount.toLocaleString('en')} ${report.stats.fileCount === 1 ? 'file' : 'files'}`}
        </Meta>
        <StateMark
          {...(report !== null && transfer.kind === 'none'
            ? { ...itemState(item), words: verdictWords(report) }
            : itemState(item))}
        />
        {report !== null && transfer.kind !== 'imported' && (
          <CheckState item={item} queue={queue} />
        )}
      </Words>
      {!isUnderWay(item) && (
        <Button size="small" onClick={onRemove} aria-label={`Remove ${title} from the list`}>
          Remove
        </Button>
      )}
    </Root>
  )
}

/** The look at every byte: how far it is, and a way to do without it. */
function CheckState({ item, queue }: { item: QueueItem; queue: ImportQueue }) {
  const { check } = item
  const title = titleOf(item)
  if (check.kind === 'done') return null
  if (check.kind === 'cancelled') {
    return (
      <Checking>
        <span>
          Only its beginning was looked at. The platform looks at every byte before it takes it.
        </span>
        <span>
          <Button size="small" variant="text" onClick={() => queue.restartCheck(item.id)}>
            Check every byte
          </Button>
        </span>
      </Checking>
    )
  }
  const progress = check.kind === 'running' ? check.progress : null
  const done = progress === null ? 0 : percent(progress.done, progress.total)
  return (
    <Checking>
      <span>
        {check.kind === 'waiting' ? 'Every byte is checked next' : `Checking every byte, ${done} %`}
      </span>
      <ProgressBar label={`Checking ${title}`} done={done} total={100} />
      <Button
        size="small"
        variant="text"
        onClick={() => queue.cancelCheck(item.id)}
        aria-label={`Stop checking ${title}`}
      >
        Stop
      </Button>
    </Checking>
  )
}
