import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AppCard } from './AppCard.tsx'
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

type Props = {
  apps: App[]
  /** The actor's own, by the app's id; undefined until they are known. */
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
            <AppCard app={app} own={instances && (instances.get(app.id) ?? none)} words={words} />
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
