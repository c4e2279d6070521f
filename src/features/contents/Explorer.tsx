import Button from '@mui/material/Button'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ListedFolder } from '../../bundle/contents/folder-index.ts'
import type { Finding } from '../../bundle/finding.ts'
import { showName } from '../../bundle/zip/entry-name.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { type BundleQueries, bundleQueries } from './bundle-queries.ts'
import { type BundleReader, folderOf, foldersAbove } from './bundle-reader.ts'
import { Crumbs, lastPart } from './Crumbs.tsx'
import { FileTree } from './FileTree.tsx'
import { FileView } from './FileView.tsx'
import { type FindingMarks, findingMarks } from './finding-marks.ts'
import { FolderView } from './FolderView.tsx'
import { type FolderState, rootEntry, rootName, treeRows } from './tree-rows.ts'
import { Frame, Head, Panes, TreePane, Viewer } from './explorer-styles.ts'
import { Part } from './viewer-styles.ts'

type Props = {
  reader: BundleReader
  findings: readonly Finding[]
  initialPath: string
  initialLine: number | undefined
  onPath: ((path: string) => void) | undefined
}

/** Tree and viewer. Where there is no room for both, one of them shows at a time. */
export function Explorer({ reader, findings, initialPath, initialLine, onPath }: Props) {
  const cache = useQueryClient()
  // By hand: what the queries are made of must not change between two renderings.
  const queries = useMemo(() => bundleQueries(reader), [reader])
  const marks = findingMarks(findings)
  const [selected, setSelected] = useState(initialPath)
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(['', ...foldersAbove(initialPath)]),
  )
  const [alone, setAlone] = useState<'tree' | 'viewer'>(initialPath === '' ? 'tree' : 'viewer')

  const needed = [...new Set([...open, ...foldersAbove(selected)])]
  const answers = useQueries({ queries: needed.map((path) => queries.folder(path)) })
  const folders = new Map<string, FolderState>(
    needed.map((path, index) => {
      const answer = answers[index]
      if (answer?.data !== undefined) return [path, { status: 'ready', listing: answer.data }]
      return [path, { status: answer?.isError === true ? 'failed' : 'loading' }]
    }),
  )
  const root = rootEntry(folders.get(''))

  const treePane = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const focusNext = useRef<'viewer' | 'tree' | 'viewer-if-alone' | null>(null)
  useEffect(() => {
    const wish = focusNext.current
    focusNext.current = null
    const treeIsHidden = treePane.current?.offsetParent === null
    if (wish === 'viewer' || (wish === 'viewer-if-alone' && treeIsHidden)) heading.current?.focus()
    if (wish === 'tree') treePane.current?.querySelector<HTMLElement>('[role=tree]')?.focus()
  }, [selected, alone])

  const select = (path: string) => {
    setSelected(path)
    onPath?.(path)
    setOpen((before) => new Set([...before, ...foldersAbove(path)]))
  }
  const openHere = (path: string) => {
    focusNext.current = 'viewer'
    select(path)
    setAlone('viewer')
  }

  return (
    <Frame>
      <Panes data-alone={alone}>
        <TreePane ref={treePane}>
          <Head data-phone-only="">
            <Button size="small" onClick={() => openHere('')}>
              What makes it heavy
            </Button>
          </Head>
          <FileTree
            rows={treeRows(folders, open)}
            total={root.size}
            marks={marks}
            selected={selected}
            onSelect={(path, isFolder) => {
              focusNext.current = 'viewer-if-alone'
              select(path)
              // Without room for both, opening a folder goes on in the tree.
              setAlone(isFolder ? 'tree' : 'viewer')
            }}
            onToggle={(path, isOpen) =>
              setOpen((before) => {
                const after = new Set(before)
                if (isOpen) after.add(path)
                else after.delete(path)
                return after
              })
            }
            onRetry={(folder) => void cache.refetchQueries(queries.folder(folder))}
          />
        </TreePane>
        <Viewer>
          <Head>
            <Button
              size="small"
              data-phone-only=""
              onClick={() => {
                focusNext.current = 'tree'
                setAlone('tree')
              }}
            >
              Back to the files
            </Button>
            <div>
              <Crumbs path={selected} onOpen={openHere} />
              <h2 ref={heading} tabIndex={-1}>
                <bdi>{selected === '' ? rootName : showName(lastPart(selected))}</bdi>
              </h2>
            </div>
          </Head>
          <Shown
            key={selected}
            path={selected}
            root={root}
            folders={folders}
            queries={queries}
            marks={marks}
            startLine={selected === initialPath ? initialLine : undefined}
            onOpen={openHere}
          />
        </Viewer>
      </Panes>
    </Frame>
  )
}

type ShownProps = {
  path: string
  root: ListedFolder
  folders: ReadonlyMap<string, FolderState>
  queries: BundleQueries
  marks: FindingMarks
  startLine: number | undefined
  onOpen: (path: string) => void
}

/** The file or folder at a path, as the folder that it is in lists it. */
function Shown({ path, root, folders, queries, marks, startLine, onOpen }: ShownProps) {
  if (path === '')
    return <FolderView folder={root} queries={queries} marks={marks} onOpen={onOpen} />
  const state = folders.get(folderOf(path)) ?? { status: 'loading' }
  if (state.status === 'loading') {
    return (
      <Part>
        <Skeleton width="46%" />
      </Part>
    )
  }
  const listing = state.status === 'ready' ? state.listing : { folders: [], files: [] }
  const file = listing.files.find((each) => each.path === path)
  if (file !== undefined) {
    return <FileView file={file} queries={queries} marks={marks} startLine={startLine} />
  }
  const folder = listing.folders.find((each) => each.path === path)
  if (folder !== undefined) {
    return <FolderView folder={folder} queries={queries} marks={marks} onOpen={onOpen} />
  }
  return (
    <Part>
      <EmptyState title="There is no such file in the bundle">
        It may have been renamed or left out. The files that are there are in the list.
      </EmptyState>
    </Part>
  )
}
