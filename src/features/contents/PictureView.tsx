import { styled } from '@mui/material/styles'
import { useEffect, useRef, useState } from 'react'
import { showName } from '../../bundle/zip/entry-name.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { radius } from '../../ui/tokens.ts'
import type { Picture } from './bundle-queries.ts'
import { Facts } from './viewer-styles.ts'

/** A checkerboard shows what is transparent. */
const Board = styled('div')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  padding: 16,
  minHeight: 120,
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.paper,
  backgroundImage: `conic-gradient(${theme.vars.palette.idle.soft} 25%, transparent 0 50%, ${theme.vars.palette.idle.soft} 0 75%, transparent 0)`,
  backgroundSize: '20px 20px',
  '& canvas': { display: 'block', maxWidth: '100%', maxHeight: 480 },
}))

/** Pixels of the longer side that are drawn at most. */
const maxDrawn = 1600

type Props = {
  /** Null where the file isn’t an image that can be shown. */
  picture: Picture | null
  name: string
  sizes: string
  /** What its name says it is. */
  kind: string
}

/** A picture from the bundle, drawn onto a canvas: its bytes get no address that anything else could load. */
export function PictureView({ picture, name, sizes, kind }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [broken, setBroken] = useState<Picture | null>(null)

  useEffect(() => {
    if (picture === null || picture.tooLarge) return
    let wanted = true
    void draw(picture, () => (wanted ? canvas.current : null)).catch(() => {
      if (wanted) setBroken(picture)
    })
    return () => {
      wanted = false
    }
  }, [picture])

  if (picture === null || picture === broken) {
    return (
      <>
        <Facts>
          {kind} · {sizes}
        </Facts>
        <EmptyState title="This picture can’t be shown">
          It is damaged, larger than this page reads, or another kind of file than its name says.
        </EmptyState>
      </>
    )
  }
  const { width, height, type } = picture.info
  const pixels =
    width === null || height === null
      ? 'of unknown dimensions'
      : `${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels`
  return (
    <>
      <Facts>
        {type.toUpperCase()} image · {pixels} · {sizes}
      </Facts>
      {picture.tooLarge ? (
        <EmptyState title="This picture is too large to show here">
          Unpacked it would take more memory than this page should use.
        </EmptyState>
      ) : (
        <Board>
          <canvas ref={canvas} role="img" aria-label={showName(name)} />
        </Board>
      )}
    </>
  )
}

async function draw(
  { blob, info }: Picture,
  target: () => HTMLCanvasElement | null,
): Promise<void> {
  const width = info.width ?? 0
  const height = info.height ?? 0
  const scale = Math.min(1, maxDrawn / Math.max(width, height))
  const options: ImageBitmapOptions =
    scale < 1
      ? { resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'medium' }
      : {}
  const bitmap = await createImageBitmap(blob, options)
  const canvas = target()
  if (canvas !== null) {
    canvas.width = bitmap.width
    canvas.height = bitmap.height
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  }
  bitmap.close()
}
