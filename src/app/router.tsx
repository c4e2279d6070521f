import { createBrowserRouter, matchRoutes, type RouteObject } from 'react-router'
import { isLazyPart } from '../ui/lazy-part.ts'
import {
  AppPage,
  CatalogPage,
  EnvironmentPage,
  ImportPage,
  InstancesPage,
  LogPage,
  MyAppsPage,
  NotFoundPage,
  SignInPage,
  TagPage,
  TagsPage,
} from './pages.ts'
import { RootLayout } from './RootLayout.tsx'
import { RouteError } from './RouteError.tsx'
import { Shell } from './Shell.tsx'

/** The paths are those of src/paths.ts. */
export const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: RouteError,
    children: [
      { path: 'sign-in', Component: SignInPage, ErrorBoundary: RouteError },
      {
        Component: Shell,
        ErrorBoundary: RouteError,
        children: [
          // Inside the shell, so that a page that fails leaves the way to the others.
          {
            ErrorBoundary: RouteError,
            children: [
              { index: true, Component: CatalogPage },
              { path: 'apps/:appId/:tab?', Component: AppPage },
              { path: 'environment', Component: EnvironmentPage },
              { path: 'import', Component: ImportPage },
              { path: 'instances/:instanceId?', Component: InstancesPage },
              { path: 'instances/:instanceId/log', Component: LogPage },
              { path: 'my-apps', Component: MyAppsPage },
              { path: 'tags', Component: TagsPage },
              { path: 'tags/:tagId', Component: TagPage },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
]

export function createRouter() {
  return createBrowserRouter(routes)
}

/** Fetches the code of the page at an address. */
export async function preloadPage({ pathname }: { pathname: string }): Promise<void> {
  const pages = matchRoutes(routes, pathname)?.map(({ route }) => route.Component) ?? []
  const parts = pages.filter((page) => page !== undefined && page !== null).filter(isLazyPart)
  await Promise.all(parts.map((part) => part.preload()))
}
