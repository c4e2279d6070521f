import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const places = [
  process.env['WAVEDECK_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser the tests run in: one that is installed, else the one Playwright keeps, else undefined. */
export function findChromium(): string | undefined {
  return [...places, chromium.executablePath()].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  )
}
