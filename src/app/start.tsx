import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { environmentOptions } from '../api/environment.ts'
import { meOptions } from '../api/session.ts'
import { nextTask } from '../ui/next-task.ts'
import { connection } from './connection.ts'
import { Providers } from './Providers.tsx'
import { createQueryClient } from './query-client.ts'
import { createRouter, preloadPage } from './router.tsx'
import { createCatalogTheme } from './theme.ts'

/** A placeholder that was shown stays for 300 ms; code that is quicker than this needs none. */
const patienceMs = 150

/** Draws the catalog into the page. */
export async function start(): Promise<void> {
  // Reading all that code was a task of its own; the browser may paint and answer before the next one.
  await nextTask()
  const client = createQueryClient(connection)
  // Every page needs both; asking before the first render saves a round trip.
  void client.prefetchQuery(meOptions())
  void client.prefetchQuery(environmentOptions())

  const pageOrPatience = Promise.race([
    preloadPage(window.location),
    new Promise((resolve) => setTimeout(resolve, patienceMs)),
  ])

  // While the answers are on their way.
  await nextTask()
  const theme = createCatalogTheme()
  await pageOrPatience

  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no element with the id “root”.')
  const router = createRouter()
  // As a transition it is drawn in slices of some milliseconds, with room for the browser between them.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <Providers client={client} theme={theme}>
          <RouterProvider router={router} />
        </Providers>
      </StrictMode>,
    ),
  )
}
