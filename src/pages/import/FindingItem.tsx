import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Finding } from '../../bundle/finding.ts'
import type { Fix } from '../../bundle/fix/fix.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import { isUnderWay, type QueueItem } from '../../features/bundles/queue-item.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'
import { codeFrameOptions } from './bundle-queries.ts'
import { CodeLines } from './CodeLines.tsx'
import { withPlace } from './file-place.ts'
import { focusShownTab } from './keep-focus.ts'
import { FixPreview } from './FixPreview.tsx'

const Root = styled('li')(({ theme }) => ({
  ...theme.typography.body1,
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  gap: '0 10px',
  padding: '12px 14px',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.m,
  overflowWrap: 'anywhere',
  '& > svg': { marginTop: 1, color: theme.vars.palette.idle.main },
  '&[data-severity="error"] > svg': { color: theme.vars.palette.error.main },
  '&[data-severity="warning"] > svg': { color: theme.vars.palette.warning.main },
  '& p': { margin: 0 },
}))

const Meta = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  display: 'flex',
  flexWrap: 'wrap',
  gap: '2px 12px',
  color: theme.vars.palette.text.tertiary,
  '&&': { marginTop: 4 },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
}))

const icons = { error: 'error', warning: 'warning', advice: 'info' } as const

type Props = {
  item: QueueItem
  client: BundleClient
  queue: ImportQueue
  finding: Finding
  fix: Fix | undefined
}

/** One finding: what is wrong, where, and what mends it – shown before it is done. */
export function FindingItem({ item, client, queue, finding, fix }: Props) {
  const [isShown, setShown] = useState(false)
  const [params] = useSearchParams()
  const { severity, message, code, path, line, column } = finding
  const off = item.isChanging || isUnderWay(item) || item.transfer.kind === 'imported'
  return (
    <Root data-severity={severity}>
      <Icon name={icons[severity]} />
      <div style={{ minWidth: 0 }}>
        <p>{message}</p>
        <Meta>
          {path !== undefined && (
            <Link to={withPlace(params, path, line ?? null)} preventScrollReset>
              <code>
                {path}
                {line !== undefined && `:${line}`}
                {line !== undefined && column !== undefined && `:${column}`}
              </code>
            </Link>
          )}
          <a href={paths.finding(code)} target="_blank" rel="noopener">
            {code}
          </a>
        </Meta>
        {path !== undefined && line !== undefined && (
          <Frame item={item} client={client} path={path} line={line} column={column ?? null} />
        )}
        {fix === undefined && finding.fix !== undefined && (
          <Meta>
            Write <code>{finding.fix}</code>
          </Meta>
        )}
        {fix !== undefined && !off && (
          <>
            <Button
              size="small"
              sx={{ marginTop: 1, whiteSpace: 'normal', textAlign: 'start' }}
              aria-expanded={isShown}
              onClick={() => setShown(!isShown)}
            >
              {fix.title}
            </Button>
            {isShown && (
              <FixPreview
                item={item}
                client={client}
                fix={fix}
                onApply={() => void queue.applyFix(item.id, fix).then(focusShownTab)}
                onCancel={() => setShown(false)}
              />
            )}
          </>
        )}
      </div>
    </Root>
  )
}

type FrameProps = {
  item: QueueItem
  client: BundleClient
  path: string
  line: number
  column: number | null
}

/** Some lines around the place. Without them the finding says enough. */
function Frame({ item, client, path, line, column }: FrameProps) {
  const { data } = useQuery(codeFrameOptions(item, client, path, line))
  if (!data) return null
  return (
    <CodeLines
      label={`${path}, line ${line}`}
      lines={data.lines.map((text, index) => ({
        number: data.start + index,
        text,
        mark: data.start + index === line ? 'here' : null,
      }))}
      column={column}
    />
  )
}
