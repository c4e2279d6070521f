import Button from '@mui/material/Button'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { TagPlan } from '../../api/generated/types.gen.ts'
import { impactOptions } from '../../api/tags.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ImpactReport } from './ImpactReport.tsx'

type Props = {
  tagId: string
  /** What is about to be done. */
  plan: TagPlan
  title: string
  /** The verb on the button. */
  confirmLabel: string
  destructive?: boolean
  /** It is being done. */
  busy: boolean
  /** What doing it failed with; null where it didn’t. */
  error: unknown
  /** The lines that do the same. */
  commands: readonly string[]
  /** @param etag of the tag as it was looked at: nothing else is changed */
  onConfirm: (etag: string | null) => void
  onCancel: () => void
  children?: ReactNode
}

/** Shows who gains and who loses by a change, and does it when somebody has seen that. */
export function ImpactDialog(props: Props) {
  const { tagId, plan, title, confirmLabel, busy, error, commands, children } = props
  const impact = useInfiniteQuery(impactOptions(tagId, plan))
  const pages = impact.data?.pages
  // What is confirmed is what the first page was worked out for.
  const known = pages?.[0]
  return (
    <ConfirmDialog
      open
      wide
      title={title}
      destructive={props.destructive ?? false}
      confirmLabel={known === undefined ? null : confirmLabel}
      busy={busy}
      error={error !== null && <ActionError error={error} />}
      onCancel={props.onCancel}
      onConfirm={() => {
        if (known !== undefined) props.onConfirm(known.etag)
      }}
    >
      {children}
      <div role="status" aria-label="What this changes" aria-busy={impact.isPending}>
        {known !== undefined && (
          <ImpactReport
            impact={{ ...known, apps: pages?.flatMap(({ apps }) => apps) ?? [] }}
            loading={impact.isFetchingNextPage}
            onMore={() => void impact.fetchNextPage()}
          />
        )}
        {impact.isFetchNextPageError && <ActionError error={impact.error} />}
        {impact.isPending && <Skeleton height={72} round />}
      </div>
      {known === undefined && impact.isError && (
        <>
          <ActionError error={impact.error} />
          <Button size="small" sx={{ margin: '8px 0 16px' }} onClick={() => void impact.refetch()}>
            Try again
          </Button>
        </>
      )}
      {commands.map((command) => (
        <CommandLine key={command} command={command} />
      ))}
    </ConfirmDialog>
  )
}
