import type { App } from '../../api/generated/types.gen.ts'
import { AppCard } from '../../features/listing/AppCard.tsx'
import { PinButton } from '../../features/pins/PinButton.tsx'
import type { ListedApps } from './app-list.ts'
import { AppAction } from './AppAction.tsx'

/** An app's card in the list. */
export function AppItem({ app, list }: { app: App; list: ListedApps }) {
  return (
    <AppCard
      app={app}
      matches={list.matches.get(app.id)}
      compact={list.density === 'compact'}
      corner={list.canPin && <PinButton app={app} />}
      action={<AppAction app={app} instances={list.instances} />}
    />
  )
}
