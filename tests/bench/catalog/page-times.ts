import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/chromium.ts'
import { traceTasks } from '../page/task-trace.ts'
import { coined, topics } from './words.ts'

/** Milliseconds, but for `nodes` and `cards`. */
export type PageTimes = {
  /** From the address to the first card on the screen, with nothing in the browser's cache and with all of it. */
  cold: number[]
  warm: number[]
  /** From each key press until its results were on the screen. */
  keys: number[]
  /** The longest task of the main thread while scrolling to the end, on the processor. */
  scrollTask: number
  /** The most elements that the document had meanwhile, and how many cards there were to scroll past. */
  nodes: number
  cards: number
}

type Bench = {
  /** Waits for a key press from now on. */
  arm: () => void
  /** Milliseconds from that press until its results were on the screen. */
  painted: Promise<number>
}

/** Runs in the page, before anything else there does; so it stands alone. */
function watchKeys(): void {
  const bench: Bench = {
    painted: Promise.resolve(0),
    arm() {
      bench.painted = new Promise((resolve) => {
        const seen = ({ timeStamp }: Event) => {
          // A list that waits for its results says so at once; a frame later at the earliest they are on the screen.
          const look = () => {
            const isBusy = document.querySelector('main [aria-busy="true"]') !== null
            const isThere = document.querySelector('main :is(article, table, h2)') !== null
            if (isBusy || !isThere) requestAnimationFrame(look)
            else setTimeout(() => resolve(performance.now() - timeStamp))
          }
          requestAnimationFrame(look)
        }
        window.addEventListener('input', seen, { once: true, capture: true })
      })
    },
  }
  Object.assign(globalThis, { bench })
}

/** The catalog of a platform in a real Chromium, as a person with full access sees it. */
export async function timePage(url: string, rounds: number): Promise<PageTimes> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('No Chromium was found')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const times: PageTimes = { cold: [], warm: [], keys: [], scrollTask: 0, nodes: 0, cards: 0 }
    for (let n = 0; n < rounds; n += 1) {
      const context = await signedIn(browser, url)
      times.cold.push(await firstPaint(context, url))
      times.warm.push(await firstPaint(context, url))
      times.keys.push(...(await typeWords(context, url, n)))
      await context.close()
    }
    const context = await signedIn(browser, url)
    Object.assign(times, await scrollThrough(context, url))
    return times
  } finally {
    await browser.close()
  }
}

async function signedIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const answer = await context.request.post(`${url}/api/v1/session`, {
    headers: { 'X-Wavedeck-Request': '1' },
    data: { persona: 'user' },
  })
  if (!answer.ok()) throw new Error(await answer.text())
  await context.addInitScript(watchKeys)
  return context
}

async function firstPaint(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(url, { waitUntil: 'commit' })
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector('main article') === null) requestAnimationFrame(look)
          else setTimeout(() => resolve(performance.now()))
        }
        look()
      }),
  )
  await page.close()
  return ms
}

/** A word of the catalog, one with a mistake in it and one that nothing has; each letter waits for its results. */
async function typeWords(context: BrowserContext, url: string, round: number): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('main article').first().waitFor()
  const word = topics[round % topics.length] ?? ''
  const typo = [...(topics[(round + 5) % topics.length] ?? '')]
  const words = [word, typo.toSpliced(2, 1).join(''), `${coined(round)}zq`]
  const times: number[] = []
  const search = page.getByRole('searchbox', { name: 'Search apps' })
  for (const each of words) {
    await search.fill('')
    await search.click()
    for (const key of each.slice(0, 8)) {
      // Keys take a shorter way into the page than calls do.
      await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.arm())
      await page.keyboard.press(key)
      times.push(
        await page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.painted),
      )
    }
  }
  await page.close()
  return times
}

/** A screen each frame, to the end of the list. */
async function scrollThrough(
  context: BrowserContext,
  url: string,
): Promise<Pick<PageTimes, 'scrollTask' | 'nodes' | 'cards'>> {
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('main article').first().waitFor()
  let found = { nodes: 0, cards: 0 }
  const scrollTask = await traceTasks(page, async () => {
    found = await toTheEnd(page)
  })
  return { ...found, scrollTask }
}

function toTheEnd(page: Page): Promise<{ nodes: number; cards: number }> {
  return page.evaluate(
    () =>
      new Promise<{ nodes: number; cards: number }>((resolve) => {
        let nodes = 0
        let frame = 0
        const step = () => {
          frame += 1
          // Counting every element takes time of its own.
          if (frame % 20 === 0) nodes = Math.max(nodes, document.getElementsByTagName('*').length)
          window.scrollBy(0, window.innerHeight)
          const last = [...document.querySelectorAll('main li[aria-posinset]')].at(-1)
          const place = Number(last?.getAttribute('aria-posinset'))
          if (place > 0 && place === Number(last?.getAttribute('aria-setsize'))) {
            resolve({ nodes, cards: place })
          } else requestAnimationFrame(step)
        }
        step()
      }),
  )
}
