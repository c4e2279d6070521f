import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { publishedContentsOptions, publishedOptions } from '../../api/published.ts'
import type { AppVersion } from '../../api/generated/types.gen.ts'
import type { Suggestion } from '../../bundle/compare/suggest-version.ts'
import type { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import { fileNameOf, isUnderWay, type QueueItem } from '../../features/bundles/queue-item.ts'
import { ComparisonView } from '../../features/compare/ComparisonView.tsx'
import { commands } from '../../rules/commands.ts'
import { compareVersions } from '../../rules/semver.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { comparisonOptions } from './bundle-queries.ts'
import { focusShownTab } from './keep-focus.ts'
import { ChangesMade } from './ChangesMade.tsx'
import { OnCommandLine } from './OnCommandLine.tsx'

const Root = styled('div')({ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 20 })

const Suggested = styled('section')(({ theme }) => ({
  ...theme.typography.body2,
  padding: '14px 16px',
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.sunken,
  '& h3': { ...theme.typography.h3, margin: '0 0 6px' },
  '& p': { margin: '0 0 8px', color: theme.vars.palette.text.secondary },
  '& ul': {
    display: 'grid',
    gap: 4,
    margin: 0,
    paddingInlineStart: 18,
    overflowWrap: 'anywhere',
    color: theme.vars.palette.text.secondary,
  },
}))

const Buttons = styled('div')({ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 })

type Props = {
  item: QueueItem
  report: BundleReport
  client: BundleClient
  queue: ImportQueue
}

/** What is different from a version that is published, and which version that asks for. */
export function ChangesTab(props: Props) {
  const { item, report, queue } = props
  const name = report.manifest?.name ?? ''
  const { data, error, refetch, isFetching } = useQuery(publishedOptions(name))
  if (name === '') {
    return <EmptyState title="Its app.toml can’t be read, so there is nothing to compare" />
  }
  if (data === undefined) {
    return error === null ? (
      <Loading />
    ) : (
      <ErrorState
        title="The published versions could not be read"
        error={error}
        retrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }
  return (
    <>
      <ChangesMade item={item} queue={queue} />
      {data.versions.length === 0 ? (
        <EmptyState title={`There is no ${name} yet`}>
          Once a version is imported, the next one is compared with it here, as far as you can see
          it.
        </EmptyState>
      ) : (
        <Compared {...props} versions={data.versions} />
      )}
    </>
  )
}

function Loading() {
  return (
    <>
      <VisuallyHidden role="status">Comparing</VisuallyHidden>
      <Skeleton width="50%" />
      <Skeleton height={120} round />
    </>
  )
}

function Compared({
  item,
  report,
  client,
  queue,
  versions,
}: Props & { versions: readonly AppVersion[] }) {
  const sorted = versions.toSorted((a, b) => compareVersions(b.version, a.version))
  const [chosen, setChosen] = useState<string | null>(null)
  const old = sorted.find(({ id }) => id === chosen) ?? sorted[0]
  const appId = old?.id ?? ''
  const published = useQuery(publishedContentsOptions(appId))
  const names = sorted.map(({ version }) => version)
  const compared = useQuery(comparisonOptions(item, client, appId, published.data, names))
  const error = published.error ?? compared.error
  return (
    <Root>
      <NativeSelect
        label="Compared with"
        value={appId}
        options={sorted.map(({ id, version }) => ({ value: id, label: version }))}
        onChange={setChosen}
      />
      {error !== null && (
        <ErrorState
          title="The two could not be compared"
          error={error}
          onRetry={() => {
            void published.refetch()
            void compared.refetch()
          }}
        />
      )}
      {error === null && !compared.data && <Loading />}
      {compared.data && (
        <>
          <VersionSuggestion item={item} queue={queue} suggestion={compared.data.suggestion} />
          <ComparisonView comparison={compared.data.comparison} />
        </>
      )}
      <OnCommandLine
        lines={[
          commands.downloadApp(appId),
          commands.compare(
            fileNameOf(item),
            `${report.manifest?.name ?? ''}.${old?.version ?? ''}.wave`,
          ),
        ]}
      />
    </Root>
  )
}

type SuggestionProps = { item: QueueItem; queue: ImportQueue; suggestion: Suggestion }

function VersionSuggestion({ item, queue, suggestion }: SuggestionProps) {
  const { version, level, reasons, alternatives } = suggestion
  const own = item.stage.kind === 'ready' ? item.stage.report.manifest?.version : undefined
  const off = item.isChanging || isUnderWay(item) || item.transfer.kind === 'imported'
  const set = (next: string) => {
    if (!off) void queue.setVersion(item.id, next).then(focusShownTab)
  }
  return (
    <Suggested aria-label="The next version">
      <h3>
        {version === null
          ? 'No version is left that is higher and short enough'
          : version === own
            ? `Version ${version} fits`
            : `Suggested version: ${version}`}
      </h3>
      <p>The changes ask for a {level} step.</p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Buttons>
        {version !== null && version !== own && (
          <Button size="small" variant="contained" aria-disabled={off} onClick={() => set(version)}>
            Set version {version}
          </Button>
        )}
        {alternatives.map((other) => (
          <Button
            key={other.version}
            size="small"
            aria-disabled={off}
            title={other.why}
            onClick={() => set(other.version)}
          >
            {other.version}
          </Button>
        ))}
      </Buttons>
    </Suggested>
  )
}
