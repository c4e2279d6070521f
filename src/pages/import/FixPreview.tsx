import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import type { Fix } from '../../bundle/fix/fix.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { fileSize } from '../../rules/amounts.ts'
import { describeError } from '../../ui/describe-error.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { fixDescriptionOptions } from './bundle-queries.ts'
import { CodeLines } from './CodeLines.tsx'
import { lineDiff } from './line-diff.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  marginTop: 8,
  '& ul': { margin: '8px 0 0', paddingInlineStart: 18 },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
}))

const Buttons = styled('div')({ display: 'flex', gap: 8, marginTop: 10 })

type Props = {
  item: QueueItem
  client: BundleClient
  fix: Fix
  onApply: () => void
  onCancel: () => void
}

/** What a fix would do, to be agreed to. */
export function FixPreview({ item, client, fix, onApply, onCancel }: Props) {
  const { data, error } = useQuery(fixDescriptionOptions(item, client, fix))
  if (error !== null) return <Root role="alert">{describeError(error).message}</Root>
  if (data === undefined) return <Skeleton height={64} round />
  const { texts, removed, renamed, newRoot } = data
  return (
    <Root>
      {newRoot !== null && (
        <>
          The contents of <code>{newRoot}</code> become the bundle’s.
        </>
      )}
      {(removed.length > 0 || renamed.length > 0) && (
        <ul>
          {removed.slice(0, 20).map(({ path, fileCount, size }) => (
            <li key={path}>
              Leave out <code>{path}</code>, {fileCount === 1 ? '1 file' : `${fileCount} files`},{' '}
              {fileSize(size)}
            </li>
          ))}
          {removed.length > 20 && <li>and {removed.length - 20} more</li>}
          {renamed.slice(0, 20).map(({ from, to }) => (
            <li key={from}>
              Rename <code>{from}</code> to <code>{to}</code>
            </li>
          ))}
        </ul>
      )}
      {texts.map(({ path, before, after }) => (
        <CodeLines key={path} label={`Changes to ${path}`} lines={lineDiff(before, after)} />
      ))}
      <Buttons>
        <Button
          size="small"
          variant="contained"
          aria-disabled={item.isChanging}
          onClick={() => {
            if (!item.isChanging) onApply()
          }}
        >
          {item.isChanging ? 'Applying …' : 'Apply'}
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </Buttons>
    </Root>
  )
}
