import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import { isUnderWay, type QueueItem } from '../../features/bundles/queue-item.ts'
import { radius } from '../../ui/tokens.ts'
import { focusShownTab } from './keep-focus.ts'

const Root = styled('section')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'flex-start',
  justifyContent: 'space-between',
  gap: '8px 16px',
  marginBottom: 16,
  padding: '10px 14px',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.primary.soft,
  '& ul': { margin: '2px 0 0', paddingInlineStart: 18 },
  '& div': { minWidth: 0, overflowWrap: 'anywhere' },
}))

const Failure = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: '0 0 16px',
  color: theme.vars.palette.error.main,
}))

/** What was changed here. The file on the disk stays as it is. */
export function ChangesMade({ item, queue }: { item: QueueItem; queue: ImportQueue }) {
  const { changes, changeError, isChanging } = item
  const titles = changes.flatMap((change) => change.titles)
  const off = isChanging || isUnderWay(item) || item.transfer.kind === 'imported'
  return (
    <>
      {changeError !== null && <Failure role="alert">{changeError}</Failure>}
      {titles.length > 0 && (
        <Root aria-label="Changed here">
          <div>
            Changed here, in what is imported; your file stays as it is.
            <ul>
              {titles.map((title, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <li key={`${title}/${index}`}>{title}</li>
              ))}
            </ul>
          </div>
          <Button
            size="small"
            aria-disabled={off}
            onClick={() => {
              if (!off) void queue.undo(item.id).then(focusShownTab)
            }}
          >
            Undo {(changes.at(-1)?.titles.length ?? 0) > 1 ? 'these' : 'the last'}
          </Button>
        </Root>
      )}
    </>
  )
}
