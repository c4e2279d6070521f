import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './app/base.css'
import { reloadOnceOnMissingCode } from './app/reload-once.ts'
import { nextTask } from './ui/next-task.ts'

/**
 * Reading all the code in one task would keep the page from answering: first the contract's validators, then what
 * styles are made with. vite.config.ts has all of it fetched along with this.
 */
async function load() {
  await import('./api/client.ts')
  await nextTask()
  await import('./app/theme.ts')
  await nextTask()
  return import('./app/start.tsx')
}

/** In plain elements: what draws everything else is what didn't arrive. */
function sayThatItDidNotLoad() {
  const text = document.createElement('p')
  text.setAttribute('role', 'alert')
  text.textContent =
    'The catalog could not be loaded. Check that you are online and that the platform is running, then try again.'
  const button = document.createElement('button')
  button.textContent = 'Try again'
  button.addEventListener('click', () => window.location.reload())
  const message = document.createElement('div')
  message.dataset['startup'] = ''
  message.append(text, button)
  document.getElementById('root')?.replaceChildren(message)
}

const isReloading = reloadOnceOnMissingCode()
if (import.meta.env.MODE === 'mock') {
  const { startMocks } = await import('../mocks/browser.ts')
  await startMocks()
}
try {
  const { start } = await load()
  await start()
} catch (error) {
  if (!isReloading()) {
    console.error(error)
    sayThatItDidNotLoad()
  }
}
