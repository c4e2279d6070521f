import type { ListedApps } from './app-list.ts'
import { AppItem } from './AppItem.tsx'
import { Grid } from './layout.ts'

/** All of them at once; see `LongGrid` for many. */
export function AppGrid(list: ListedApps) {
  const { apps, total, stale, density } = list
  return (
    <Grid
      aria-label="Apps"
      aria-busy={stale}
      data-stale={stale ? '' : undefined}
      data-compact={density === 'compact' ? '' : undefined}
    >
      {apps.map((app, index) => (
        <li key={app.id} aria-setsize={total} aria-posinset={index + 1}>
          <AppItem app={app} list={list} />
        </li>
      ))}
    </Grid>
  )
}
