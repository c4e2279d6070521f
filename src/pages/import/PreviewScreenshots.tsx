import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { radius } from '../../ui/tokens.ts'
import { screenshotOptions } from './bundle-queries.ts'

const Strip = styled('ul')(({ theme }) => ({
  display: 'flex',
  gap: 12,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  overflowX: 'auto',
  '& li': {
    flex: 'none',
    width: 'min(240px, 64vw)',
    aspectRatio: '5 / 3',
    overflow: 'hidden',
    border: `1px solid ${theme.vars.palette.line.main}`,
    borderRadius: radius.m,
    backgroundColor: theme.vars.palette.background.sunken,
  },
  '& img': {
    display: 'block',
    width: '100%',
    height: '100%',
    objectFit: 'cover',
    objectPosition: 'top',
  },
}))

/** As many as one looks at here; the app's page has them all. */
const maxShown = 8

type Props = { item: QueueItem; client: BundleClient; count: number }

export function PreviewScreenshots({ item, client, count }: Props) {
  if (count === 0) return null
  return (
    <Strip aria-label="Screenshots" tabIndex={0}>
      {Array.from({ length: Math.min(count, maxShown) }, (_, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Shot key={index} item={item} client={client} index={index} count={count} />
      ))}
    </Strip>
  )
}

function Shot({ item, client, index, count }: Props & { index: number }) {
  const { data } = useQuery(screenshotOptions(item, client, index))
  const show = useCallback(
    (picture: HTMLImageElement) => {
      if (!data) return undefined
      const url = URL.createObjectURL(data)
      picture.src = url
      return () => URL.revokeObjectURL(url)
    },
    [data],
  )
  return <li>{data && <img ref={show} alt={`Screenshot ${index + 1} of ${count}`} />}</li>
}
