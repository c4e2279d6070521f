import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { PrimaryActionButton } from '../../features/launch/PrimaryActionButton.tsx'
import { AppCard } from '../../features/listing/AppCard.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Grid } from './layout.ts'

const none: Instance[] = []

const More = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  justifyItems: 'center',
  gap: 8,
  marginTop: 24,
  color: theme.vars.palette.text.tertiary,
  fontVariantNumeric: 'tabular-nums',
}))

const FootSkeleton = styled('div')({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
})

type Props = {
  apps: App[]
  /** The actor's own, by the app's id; undefined until they are known: no button before that is the right one. */
  instances: Map<string, Instance[]> | undefined
  words: string
  stale: boolean
  total: number
  hasMore: boolean
  loadingMore: boolean
  failedMore: Error | null
  onMore: () => void
}

export function AppGrid(props: Props) {
  const { apps, instances, words, stale, total, hasMore, loadingMore, failedMore, onMore } = props
  return (
    <>
      <Grid aria-label="Apps" aria-busy={stale} data-stale={stale ? '' : undefined}>
        {apps.map((app) => (
          <li key={app.id}>
            <AppCard
              app={app}
              words={words}
              action={
                instances === undefined ? (
                  <FootSkeleton>
                    <Skeleton width={96} />
                    <Skeleton width={64} height={36} round />
                  </FootSkeleton>
                ) : (
                  <PrimaryActionButton
                    app={app}
                    own={instances.get(app.id) ?? none}
                    layout="card"
                  />
                )
              }
            />
          </li>
        ))}
      </Grid>
      {hasMore && (
        <More>
          {failedMore !== null && (
            <ErrorState title="More apps could not be read" error={failedMore} />
          )}
          <Button
            onClick={() => {
              if (!loadingMore) onMore()
            }}
            aria-disabled={loadingMore}
          >
            {loadingMore ? 'Loading…' : 'Show more'}
          </Button>
          {apps.length} of {total} shown
        </More>
      )}
    </>
  )
}
