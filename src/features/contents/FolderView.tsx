import { useQuery } from '@tanstack/react-query'
import { fileSize } from '../../rules/amounts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { BundleQueries } from './bundle-queries.ts'
import type { ListedFolder } from '../../bundle/contents/folder-index.ts'
import { FindingNotes } from './FindingNotes.tsx'
import type { FindingMarks } from './finding-marks.ts'
import { HeavyList } from './HeavyList.tsx'
import { Treemap } from './Treemap.tsx'
import { Facts, Part } from './viewer-styles.ts'

const listed = 10

type Props = {
  folder: ListedFolder
  queries: BundleQueries
  marks: FindingMarks
  onOpen: (path: string) => void
}

/** What makes a folder heavy: drawn, and as a list. */
export function FolderView({ folder, queries, marks, onOpen }: Props) {
  const { data: listing, error, refetch, isFetching } = useQuery(queries.folder(folder.path))
  const isRoot = folder.path === ''
  const { data: heaviest } = useQuery({ ...queries.heaviest(), enabled: isRoot })
  if (error !== null) {
    return (
      <Part>
        <ErrorState
          title="The folder could not be read"
          error={error}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      </Part>
    )
  }
  if (listing === undefined) {
    return (
      <Part>
        <VisuallyHidden role="status">Loading the folder</VisuallyHidden>
        <Skeleton width={180} />
        <Skeleton height={300} round />
      </Part>
    )
  }
  if (listing.folders.length + listing.files.length === 0) {
    return (
      <Part>
        <EmptyState title={isRoot ? 'There is nothing in this bundle' : 'This folder is empty'} />
      </Part>
    )
  }
  const here = [
    ...listing.folders.map(({ path, size }) => ({ path, size, isFolder: true })),
    ...listing.files.map(({ path, size }) => ({ path, size, isFolder: false })),
  ].toSorted((a, b) => b.size - a.size)
  const files = heaviest?.filter(({ isFolder }) => !isFolder)
  const { fileCount, size, packedSize } = folder
  return (
    <Part>
      <Facts>
        {fileCount === 1 ? '1 file' : `${fileCount.toLocaleString('en')} files`} · {fileSize(size)}{' '}
        unpacked · {fileSize(packedSize)} packed
      </Facts>
      <FindingNotes findings={marks.of(folder.path)} />
      {/* By key: another folder begins at its first tile. */}
      <div>
        <Treemap
          key={folder.path}
          listing={listing}
          title={isRoot ? 'The bundle' : 'The folder'}
          marks={marks}
          onOpen={onOpen}
        />
      </div>
      {isRoot ? (
        files !== undefined && (
          <HeavyList
            title="Largest files"
            entries={files.slice(0, listed)}
            total={size}
            onOpen={onOpen}
          />
        )
      ) : (
        <HeavyList
          title="Largest here"
          entries={here.slice(0, listed)}
          total={size}
          below={folder.path}
          onOpen={onOpen}
        />
      )}
    </Part>
  )
}
