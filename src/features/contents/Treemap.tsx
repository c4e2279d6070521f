import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { styled } from '@mui/material/styles'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { showName } from '../../bundle/zip/entry-name.ts'
import { fileSize } from '../../rules/amounts.ts'
import { radius } from '../../ui/tokens.ts'
import type { FindingMarks } from './finding-marks.ts'
import { percent } from './percent.ts'
import { squarify } from './squarify.ts'
import { nextTile, type Tile, tilesOf } from './tiles.ts'
import type { FolderListing } from '../../bundle/contents/folder-index.ts'

const Root = styled('div')({ position: 'relative', height: 300 })

const Box = styled('button')(({ theme }) => ({
  ...theme.typography.caption,
  position: 'absolute',
  padding: 0,
  textAlign: 'start',
  fontFamily: 'inherit',
  overflow: 'hidden',
  color: theme.vars.palette.text.primary,
  background: 'none',
  border: 0,
  cursor: 'pointer',
  '&:disabled': { cursor: 'default' },
  // The gap belongs to the tile, so that neighbours leave none without an owner.
  '& > [aria-hidden]': {
    position: 'absolute',
    inset: 1,
    overflow: 'hidden',
    borderRadius: radius.s,
    backgroundColor: `color-mix(in oklab, ${theme.vars.palette.primary.main} var(--tint), ${theme.vars.palette.background.paper})`,
    border: `1px solid color-mix(in oklab, ${theme.vars.palette.primary.main} 26%, ${theme.vars.palette.background.paper})`,
  },
  '&[data-folder="false"] > [aria-hidden]': {
    backgroundColor: theme.vars.palette.background.sunken,
    borderColor: theme.vars.palette.line.main,
  },
  '&[data-severity="error"] > [aria-hidden]': { borderColor: theme.vars.palette.error.main },
  '&[data-severity="warning"] > [aria-hidden]': { borderColor: theme.vars.palette.warning.main },
  '&:hover:enabled > [aria-hidden]': { borderColor: theme.vars.palette.primary.main },
  '&:focus-visible': { outlineOffset: -2, zIndex: 1 },
  '& b, & i': {
    display: 'block',
    padding: '0 7px',
    fontStyle: 'normal',
    fontWeight: 500,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& b': { paddingTop: 5 },
  '& i': {
    fontWeight: 400,
    fontVariantNumeric: 'tabular-nums',
    color: theme.vars.palette.text.secondary,
  },
}))

const Readout = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  minHeight: 20,
  margin: '8px 0 0',
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
}))

/** Pixels of a tile's shorter and longer side, to hold its name, and its size below. */
const labelRoom = { width: 44, height: 26, sizeHeight: 44 }

type Props = {
  listing: FolderListing
  /** The folder's name, as it is shown. */
  title: string
  marks: FindingMarks
  onOpen: (path: string) => void
}

/**
 * A folder's contents, each with an area by its size. One stop for the Tab key; arrow keys go from tile to tile. What
 * the tiles are too small to say stands below them, for the one under the pointer or the focus.
 */
export function Treemap({ listing, title, marks, onOpen }: Props) {
  const root = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState({ x: 0, y: 0, width: 0, height: 0 })
  const [current, setCurrent] = useState(0)
  const [named, setNamed] = useState<number | null>(null)

  useEffect(() => {
    const element = root.current
    if (element === null) return
    const observer = new ResizeObserver(() =>
      setRoom({ x: 0, y: 0, width: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const tiles = tilesOf(listing)
  const total = tiles.reduce((sum, { size }) => sum + size, 0)
  const rects = squarify(
    tiles.map(({ size }) => size),
    room,
  )
  if (total === 0) return <Readout>Nothing here takes any room.</Readout>
  const words = (tile: Tile) =>
    `${tile.path === null ? tile.name : showName(tile.name)}, ${fileSize(tile.size)}, ${percent(tile.size / total)}`
  const shown = named === null ? undefined : tiles[named]
  const stop = Math.min(current, tiles.length - 1)

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextTile(rects, stop, event.key)
    if (next === null) return
    event.preventDefault()
    setCurrent(next)
    root.current?.querySelectorAll('button')[next]?.focus()
  }

  return (
    <>
      <Root
        ref={root}
        role="toolbar"
        aria-label={`${title} by size; arrow keys go from one to the next`}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setNamed(null)}
      >
        {tiles.map((tile, index) => {
          const { x, y, width, height } = rects[index] ?? room
          const { path } = tile
          return (
            <Box
              key={path ?? ''}
              type="button"
              tabIndex={index === stop ? 0 : -1}
              aria-disabled={path === null}
              data-folder={tile.isFolder}
              data-severity={path === null ? null : marks.worstAt(path)}
              style={{
                left: x,
                top: y,
                width,
                height,
                '--tint': `${8 + Math.round((18 * tile.size) / total)}%`,
              }}
              onClick={() => {
                if (path !== null) onOpen(path)
              }}
              onPointerEnter={() => setNamed(index)}
              onFocus={() => {
                setCurrent(index)
                setNamed(index)
              }}
              onBlur={() => setNamed(null)}
            >
              <VisuallyHidden>{words(tile)}</VisuallyHidden>
              <span aria-hidden="true">
                {width > labelRoom.width && height > labelRoom.height && (
                  <b>{path === null ? tile.name : showName(tile.name)}</b>
                )}
                {width > labelRoom.width && height > labelRoom.sizeHeight && (
                  <i>{fileSize(tile.size)}</i>
                )}
              </span>
            </Box>
          )
        })}
      </Root>
      <Readout aria-hidden="true">
        {shown === undefined ? 'Point at a tile to see what it is.' : words(shown)}
      </Readout>
    </>
  )
}
