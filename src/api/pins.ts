import { type InfiniteData, mutationOptions, type QueryClient } from '@tanstack/react-query'
import { appKeys } from './apps.ts'
import { unsafe } from './client.ts'
import { pinApp, unpinApp } from './generated/sdk.gen.ts'
import type { App, AppList } from './generated/types.gen.ts'

type Pin = { appName: string; pinned: boolean }

/** Pins an app for oneself, or unpins it: all its versions. Shown at once, and taken back where the platform refuses. */
export function pinAppOptions() {
  return mutationOptions({
    mutationKey: ['pinApp'],
    mutationFn: async ({ appName, pinned }: Pin) => {
      await (pinned ? pinApp : unpinApp)({ path: { appName }, headers: unsafe })
    },
    onMutate: (pin, { client }) => showPin(client, pin),
    onError: (_error, pin, _kept, { client }) => showPin(client, { ...pin, pinned: !pin.pinned }),
    onSettled: (_nothing, _error, _pin, _kept, { client }) =>
      client.invalidateQueries({ queryKey: appKeys.all }),
  })
}

function showPin(client: QueryClient, { appName, pinned }: Pin): void {
  const seen = (app: App) => (app.name === appName ? { ...app, pinned } : app)
  client.setQueriesData<unknown>({ queryKey: appKeys.all }, (data: unknown) => {
    if (isPaged(data)) {
      const pages = data.pages.map((page) => ({ ...page, apps: page.apps.map(seen) }))
      return { ...data, pages }
    }
    return isApp(data) ? seen(data) : data
  })
}

function isPaged(data: unknown): data is InfiniteData<AppList> {
  return typeof data === 'object' && data !== null && 'pages' in data
}

function isApp(data: unknown): data is App {
  return typeof data === 'object' && data !== null && 'lifecycle' in data
}
