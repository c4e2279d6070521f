import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useId } from 'react'
import type { AppVisibility, Environment } from '../../api/generated/types.gen.ts'
import type { Manifest } from '../../bundle/manifest/manifest.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { percent } from './item-words.ts'
import type { PreflightLine } from './preflight.ts'
import { VisibilityChoice } from '../../features/publishing/VisibilityChoice.tsx'

const Root = styled('section')({ display: 'grid', gap: 12, minWidth: 0 })

const Reason = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: 0,
  color: theme.vars.palette.text.secondary,
}))

const Run = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: 8,
  paddingTop: 14,
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
}))

type Props = {
  item: QueueItem
  report: BundleReport
  manifest: Manifest
  lines: readonly PreflightLine[]
  queue: ImportQueue
  environment: Environment
}

export function ImportForm({ item, report, manifest, lines, queue, environment }: Props) {
  const reasonId = useId()
  const runReasonId = useId()
  const reason = reasonAgainst(item, report, lines)
  // A version of its own, and for oneself alone: what is taken, and who may see it, doesn't matter then.
  const blocking = lines.filter(({ key }) => key !== 'version' && key !== 'public')
  const runReason =
    manifest.lifecycle === 'LINK'
      ? 'A link is opened, not run.'
      : reasonAgainst(item, report, blocking)
  const choose = (visibility: AppVisibility) => queue.setVisibility(item.id, visibility)
  return (
    <Root aria-label="Import it">
      <VisibilityChoice
        value={item.visibility}
        publicMode={environment.publicMode}
        onChange={choose}
      />
      <Button
        variant="contained"
        aria-disabled={reason !== null}
        aria-describedby={reason === null ? undefined : reasonId}
        onClick={() => {
          if (reason === null) queue.import(item.id, false)
        }}
      >
        {item.arrived === null ? 'Import' : 'Go on importing'}
      </Button>
      {reason !== null && <Reason id={reasonId}>{reason}</Reason>}
      {reason === null && item.arrived !== null && (
        <Reason>
          {percent(item.arrived, report.stats.size)} % of it arrived before; it goes on from there.
        </Reason>
      )}
      <CommandLine command={commands.importBundle(item.visibility)} />
      <Run>
        <Button
          aria-disabled={runReason !== null}
          aria-describedby={runReasonId}
          onClick={() => {
            if (runReason === null) void queue.importAndRun(item.id, Date.now())
          }}
        >
          Import and run
        </Button>
        <Reason id={runReasonId}>
          {runReason ??
            `For a try: ${manifest.version.replace(/-\d{14}$/, '')} with the time behind it, visible only to you, and started at once.`}
        </Reason>
        <CommandLine command={commands.deployBundle()} />
      </Run>
    </Root>
  )
}

/** Why it can't be imported as it is; null: it can. */
function reasonAgainst(
  item: QueueItem,
  report: BundleReport,
  lines: readonly PreflightLine[],
): string | null {
  if (item.isChanging) return 'It is being changed.'
  const errors = report.findings.filter(({ severity }) => severity === 'error').length
  if (errors > 0) {
    const them = errors === 1 ? 'The error' : `The ${errors} errors`
    return `${them} among the findings must be mended first.`
  }
  return lines.find(({ state }) => state === 'blocking')?.words ?? null
}
