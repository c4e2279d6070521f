import type { CDPSession, Page } from '@playwright/test'

type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  /** Microseconds on the processor, where the system counts them by thread. */
  tdur?: number
  args: { name?: string }
}

/**
 * Runs something in the page, and says how long the longest task of its main thread was on the processor, in
 * milliseconds: what other processes took from it meanwhile isn't counted.
 */
export async function traceTasks(page: Page, run: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  try {
    return await trace(session, run)
  } finally {
    await session.detach()
  }
}

async function trace(session: CDPSession, run: () => Promise<unknown>): Promise<number> {
  const mainThreads = new Set<string>()
  const longest = new Map<string, number>()
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      const thread = `${event.pid}/${event.tid}`
      if (event.name === 'thread_name' && event.args.name === 'CrRendererMain') {
        mainThreads.add(thread)
      }
      if (event.ph !== 'X' || !event.name.endsWith('RunTask')) continue
      longest.set(thread, Math.max(longest.get(thread) ?? 0, (event.tdur ?? 0) / 1000))
    }
  })
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => resolve())
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  await run()
  await session.send('Tracing.end')
  await complete
  return Math.max(0, ...[...mainThreads].map((thread) => longest.get(thread) ?? 0))
}
