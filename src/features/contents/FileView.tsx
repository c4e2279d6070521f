import { useQuery } from '@tanstack/react-query'
import { fileSize } from '../../rules/amounts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { BundleQueries } from './bundle-queries.ts'
import type { ListedFile } from '../../bundle/contents/folder-index.ts'
import { type FileKind, fileKind } from './file-kind.ts'
import type { FindingMarks } from './finding-marks.ts'
import { FindingNotes } from './FindingNotes.tsx'
import { PictureView } from './PictureView.tsx'
import { TextView } from './TextView.tsx'
import { Facts, Part } from './viewer-styles.ts'

type Props = { file: ListedFile; queries: BundleQueries; marks: FindingMarks; startLine?: number }

/** One file: its text, its picture, or what can be said of it. */
export function FileView(props: Props) {
  const kind = fileKind(props.file.name)
  if (kind.isImage !== true) return <TextFile {...props} kind={kind} />
  return <PictureFile {...props} kind={kind} />
}

type FileProps = Props & { kind: FileKind }

function sizes({ size, packedSize }: ListedFile): string {
  return size === packedSize ? fileSize(size) : `${fileSize(size)} · ${fileSize(packedSize)} packed`
}

function TextFile({ file, queries, marks, kind, startLine }: FileProps) {
  const { data, error, refetch, isFetching } = useQuery(queries.text(file.path))
  const facts = `${kind.words} · ${sizes(file)}`
  const findings = marks.of(file.path)
  if (error !== null) {
    return <Failed facts={facts} error={error} busy={isFetching} onRetry={() => void refetch()} />
  }
  if (data === undefined) return <Loading facts={facts} />
  if (data === null || file.size === 0) {
    return (
      <Part>
        <Facts>{facts}</Facts>
        <FindingNotes findings={findings} />
        {data === null ? (
          <EmptyState title={`This file isn’t text`}>
            {kind.words === 'File'
              ? 'It holds bytes that are no text in UTF-8 or UTF-16, so there is nothing to read here.'
              : `By its name it is of the kind “${kind.words}”. Its bytes are no text in UTF-8 or UTF-16, so there is nothing to read here.`}
          </EmptyState>
        ) : (
          <EmptyState title="This file is empty" />
        )}
      </Part>
    )
  }
  return (
    <TextView
      text={data.text}
      isCut={data.isCut}
      facts={facts}
      language={kind.language ?? null}
      findings={findings}
      startLine={startLine}
    />
  )
}

function PictureFile({ file, queries, marks, kind }: FileProps) {
  const { data, error, refetch, isFetching } = useQuery(queries.picture(file.path))
  const facts = `${kind.words} · ${sizes(file)}`
  if (error !== null) {
    return <Failed facts={facts} error={error} busy={isFetching} onRetry={() => void refetch()} />
  }
  if (data === undefined) return <Loading facts={facts} />
  return (
    <Part>
      <PictureView picture={data} name={file.name} sizes={sizes(file)} kind={kind.words} />
      <FindingNotes findings={marks.of(file.path)} />
    </Part>
  )
}

function Loading({ facts }: { facts: string }) {
  return (
    <Part>
      <Facts>{facts}</Facts>
      <VisuallyHidden role="status">Loading the file</VisuallyHidden>
      <div style={{ display: 'grid', gap: 10 }}>
        {[46, 72, 64, 30, 58].map((width) => (
          <Skeleton key={width} width={`${width}%`} />
        ))}
      </div>
    </Part>
  )
}

type FailedProps = { facts: string; error: unknown; busy: boolean; onRetry: () => void }

function Failed({ facts, error, busy, onRetry }: FailedProps) {
  return (
    <Part>
      <Facts>{facts}</Facts>
      <ErrorState
        title="The file could not be read"
        error={error}
        retrying={busy}
        onRetry={onRetry}
      />
    </Part>
  )
}
