import { styled } from '@mui/material/styles'
import type { App } from '../../api/generated/types.gen.ts'
import { PrimaryActionButton } from '../../features/launch/PrimaryActionButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { ListedApps } from './app-list.ts'

const Waiting = styled('div')({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
})

type Props = { app: App; instances: ListedApps['instances'] }

/** The one thing to do with an app now. */
export function AppAction({ app, instances }: Props) {
  return instances === undefined ? (
    <Waiting>
      <Skeleton width={96} />
      <Skeleton width={64} height={36} round />
    </Waiting>
  ) : (
    <PrimaryActionButton app={app} own={instances.get(app.id) ?? []} layout="card" />
  )
}
