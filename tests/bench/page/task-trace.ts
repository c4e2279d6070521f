import type { CDPSession, Page } from '@playwright/test'

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  /** Microseconds on the processor, where the system counts them by thread. */
  tdur?: number
}

/** Named in the page when it is done, which tells its thread from those of the browser's own windows. */
const mark = 'wavedeck-traced'

/**
 * Runs something in the page, and says how long the longest task of its main thread was on the processor, in
 * milliseconds: what other processes took from it meanwhile isn't counted.
 */
export async function traceTasks(page: Page, run: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  try {
    return await trace(page, session, run)
  } finally {
    await session.detach()
  }
}

async function trace(
  page: Page,
  session: CDPSession,
  run: () => Promise<unknown>,
): Promise<number> {
  let itsThread: string | undefined
  const longest = new Map<string, number>()
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      const thread = `${event.pid}/${event.tid}`
      if (event.name === mark) itsThread = thread
      if (event.ph !== 'X' || !event.name.endsWith('RunTask')) continue
      longest.set(thread, Math.max(longest.get(thread) ?? 0, (event.tdur ?? 0) / 1000))
    }
  })
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve())
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', 'blink.user_timing'],
      excludedCategories: ['*'],
    },
  })
  await run()
  await page.evaluate((name) => performance.mark(name), mark)
  await session.send('Tracing.end')
  await complete
  if (itsThread === undefined) throw new Error('The trace names no thread of the page.')
  return longest.get(itsThread) ?? 0
}
