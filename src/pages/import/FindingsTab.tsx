import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useState } from 'react'
import type { Finding, Severity } from '../../bundle/finding.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import { fileNameOf, type QueueItem } from '../../features/bundles/queue-item.ts'
import { commands } from '../../rules/commands.ts'
import { ApiError } from '../../api/errors.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ChangesMade } from './ChangesMade.tsx'
import { focusShownTab } from './keep-focus.ts'
import { FindingItem } from './FindingItem.tsx'
import { OnCommandLine } from './OnCommandLine.tsx'

const Group = styled('section')(({ theme }) => ({
  '& + &': { marginTop: 24 },
  '& > h3': { ...theme.typography.h3, margin: '0 0 2px' },
  '& > p': { ...theme.typography.body2, margin: 0, color: theme.vars.palette.text.tertiary },
  '& > ul': { display: 'grid', gap: 8, margin: '10px 0 0', padding: 0, listStyle: 'none' },
}))

const All = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '8px 16px',
  marginBottom: 16,
  color: theme.vars.palette.text.secondary,
}))

const groups: { severity: Severity; title: (count: number) => string; words: string }[] = [
  {
    severity: 'error',
    title: (count) => (count === 1 ? '1 error' : `${count} errors`),
    words: 'The platform refuses it until these are mended.',
  },
  {
    severity: 'warning',
    title: (count) => (count === 1 ? '1 warning' : `${count} warnings`),
    words: 'It can be imported, but somebody will be surprised.',
  },
  {
    severity: 'advice',
    title: (count) => (count === 1 ? '1 piece of advice' : `${count} pieces of advice`),
    words: 'It would look or work better.',
  },
]

type Props = {
  item: QueueItem
  report: BundleReport
  client: BundleClient
  queue: ImportQueue
}

/** What the inspector says, and the platform where it said more, with what can be mended by a click. */
export function FindingsTab({ item, report, client, queue }: Props) {
  const findings = [...report.findings, ...platformFindings(item, report.findings)]
  const count = item.fixes.length
  return (
    <>
      <ChangesMade item={item} queue={queue} />
      {count > 1 && (
        <All>
          {count} of these can be mended here.
          <Button
            size="small"
            aria-disabled={item.isChanging}
            onClick={() => {
              if (!item.isChanging) void queue.applyAllFixes(item.id).then(focusShownTab)
            }}
          >
            {item.isChanging ? 'Mending …' : `Apply all ${count} fixes`}
          </Button>
        </All>
      )}
      {findings.length === 0 && (
        <EmptyState icon={<Icon name="ok" />} title="Nothing to mend">
          {report.thorough
            ? 'Every byte was looked at, and there is nothing to say.'
            : 'The first look found nothing.'}
        </EmptyState>
      )}
      {groups.map(({ severity, title, words }) => {
        const own = findings.filter((finding) => finding.severity === severity)
        if (own.length === 0) return null
        return (
          <Group key={severity} aria-label={title(own.length)}>
            <h3>{title(own.length)}</h3>
            <p>{words}</p>
            <FindingList item={item} client={client} queue={queue} report={report} findings={own} />
          </Group>
        )
      })}
      <OnCommandLine
        lines={[
          ...(item.isFolder ? [commands.pack(item.name)] : []),
          commands.inspect(fileNameOf(item)),
        ]}
      />
    </>
  )
}

const shownAtFirst = 30

function FindingList(props: Props & { findings: readonly Finding[] }) {
  const { item, client, queue, report, findings } = props
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? findings : findings.slice(0, shownAtFirst)
  return (
    <>
      <ul>
        {shown.map((finding, index) => (
          <FindingItem
            // Findings have no identity but what they say, and some say the same.
            // oxlint-disable-next-line react/no-array-index-key
            key={`${finding.code}/${finding.path ?? ''}/${finding.line ?? 0}/${index}`}
            item={item}
            client={client}
            queue={queue}
            finding={finding}
            fix={item.fixes.find((offer) => report.findings[offer.finding] === finding)?.fix}
          />
        ))}
      </ul>
      {shown.length < findings.length && (
        <Button size="small" sx={{ marginTop: 1 }} onClick={() => setWhole(true)}>
          Show all {findings.length}
        </Button>
      )}
    </>
  )
}

/** Those that the platform alone knows of. */
function platformFindings({ transfer }: QueueItem, known: readonly Finding[]): Finding[] {
  if (transfer.kind !== 'refused' || !(transfer.error instanceof ApiError)) return []
  return transfer.error.findings
    .filter(
      ({ code, path, line }) =>
        !known.some((each) => each.code === code && each.path === path && each.line === line),
    )
    .map((finding) => ({ ...finding }))
}
