import type { Page } from '@playwright/test'

/** Shorter ones the browser doesn't tell of; they count as this, in milliseconds. */
const shortestMs = 16

/** Begins to note how long the page takes to answer inputs; what was noted before is forgotten. */
export async function watchInteractions(page: Page): Promise<void> {
  await page.evaluate((threshold) => {
    const noted = new Map<number, number>()
    let given = new Set<number>()
    const take = (entries: PerformanceEntry[]) => {
      for (const entry of entries) {
        if (!(entry instanceof PerformanceEventTiming) || entry.interactionId === 0) continue
        const before = noted.get(entry.interactionId) ?? 0
        noted.set(entry.interactionId, Math.max(before, entry.duration))
      }
    }
    const observer = new PerformanceObserver((list) => take(list.getEntries()))
    // The types don't know the threshold yet.
    const options = { type: 'event', durationThreshold: threshold }
    observer.observe(options)
    const count = (event: Event) => {
      if (event.isTrusted) given = given.add(event.timeStamp)
    }
    for (const type of ['keydown', 'pointerdown']) addEventListener(type, count, { capture: true })
    Object.assign(window, {
      benchInteractions: () => {
        take(observer.takeRecords())
        observer.disconnect()
        for (const type of ['keydown', 'pointerdown']) {
          removeEventListener(type, count, { capture: true })
        }
        return { noted: [...noted.values()], given: given.size }
      },
    })
  }, shortestMs)
}

type Noted = { noted: number[]; given: number }

/** From each input to the next painted frame, in milliseconds. */
export async function interactionsOf(page: Page): Promise<number[]> {
  // The last frame has to be painted, and told of.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))),
  )
  const { noted, given } = await page.evaluate(() =>
    (Reflect.get(window, 'benchInteractions') as () => Noted)(),
  )
  const quick = Math.max(0, given - noted.length)
  return [...noted, ...Array.from({ length: quick }, () => shortestMs)]
}
