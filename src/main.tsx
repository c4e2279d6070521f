import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './app/base.css'
import './api/client.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { environmentOptions } from './api/environment.ts'
import { meOptions } from './api/session.ts'
import { connection } from './app/connection.ts'
import { Providers } from './app/Providers.tsx'
import { createQueryClient } from './app/query-client.ts'
import { reloadOnceOnMissingCode } from './app/reload-once.ts'
import { createRouter, preloadPage } from './app/router.tsx'

/** A placeholder that was shown stays for 300 ms; code that is quicker than this needs none. */
const patienceMs = 150

async function start() {
  if (import.meta.env.MODE === 'mock') {
    const { startMocks } = await import('../mocks/browser.ts')
    await startMocks()
  }

  reloadOnceOnMissingCode()
  const client = createQueryClient(connection)
  // Every page needs both; asking before the first render saves a round trip.
  void client.prefetchQuery(meOptions())
  void client.prefetchQuery(environmentOptions())

  await Promise.race([
    preloadPage(window.location),
    new Promise((resolve) => setTimeout(resolve, patienceMs)),
  ])

  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no element with the id “root”.')
  createRoot(root).render(
    <StrictMode>
      <Providers client={client}>
        <RouterProvider router={createRouter()} />
      </Providers>
    </StrictMode>,
  )
}

void start()
