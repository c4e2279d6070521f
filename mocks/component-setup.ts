import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '../src/app/base.css'
import '../src/api/client.ts'
import { afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { cleanup } from 'vitest-browser-react'
import { settledPath, unhandledCall, worker } from './worker.ts'

const unhandled: string[] = []

beforeAll(async () => {
  await worker.start({
    quiet: true,
    onUnhandledFrame: ({ frame }) => {
      const call = unhandledCall(frame)
      if (call !== undefined) unhandled.push(`${call.method} ${call.url}`)
    },
  })
})

// Not after a test: what it left on screen may still ask something.
beforeEach(() => worker.resetHandlers())

afterEach(async () => {
  await cleanup()
  // Calls made before this one have all arrived when it is answered, so none is blamed on the next test.
  await fetch(settledPath)
  localStorage.clear()
  sessionStorage.clear()
  const calls = unhandled.splice(0)
  expect(calls, 'every call to the platform has a handler in the test').toEqual([])
})
