import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './app/base.css'
import { nextTask } from './ui/next-task.ts'

if (import.meta.env.MODE === 'mock') {
  const { startMocks } = await import('../mocks/browser.ts')
  await startMocks()
}

// Reading all the code in one task would keep the page from answering: first the contract's validators, then what
// styles are made with. vite.config.ts has all of it fetched along with this.
await import('./api/client.ts')
await nextTask()
await import('./app/theme.ts')
await nextTask()
const { start } = await import('./app/start.tsx')
await start()
