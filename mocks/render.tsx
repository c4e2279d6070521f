import type { ReactNode } from 'react'
import { createMemoryRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { render } from 'vitest-browser-react'
import { useChanges } from '../src/api/changes.ts'
import { Connection } from '../src/app/connection.ts'
import { Providers } from '../src/app/Providers.tsx'
import { createQueryClient } from '../src/app/query-client.ts'
import { createCatalogTheme } from '../src/app/theme.ts'
import { platformHandlers } from './handlers.ts'
import { MockPlatform } from './platform.ts'
import { worker } from './worker.ts'

const theme = createCatalogTheme()

type Options = {
  /** The address, and the route it belongs to. */
  at?: string
  path?: string
  platform?: MockPlatform
}

/** Renders as the catalog does: theme, cache, router, the stream of changes, and a platform in memory behind it. */
export async function renderApp(node: ReactNode, options: Options = {}) {
  const { at = '/', path = '*', platform = new MockPlatform() } = options
  // Handlers that a test set before stay in front of these.
  worker.use(...worker.listHandlers(), ...platformHandlers(platform))
  const router = createMemoryRouter(
    [
      { path, element: <Following>{node}</Following> },
      { path: '*', element: <p>Another page</p> },
    ],
    { initialEntries: [at] },
  )
  const screen = await render(
    <Providers client={createQueryClient(new Connection())} theme={theme}>
      <RouterProvider router={router} />
    </Providers>,
  )
  return { ...screen, platform, router }
}

function Following({ children }: { children: ReactNode }) {
  useChanges()
  return children
}
