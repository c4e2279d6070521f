import { type Browser, chromium } from '@playwright/test'
import { findChromium } from '../../../scripts/chromium.ts'

/** A Chromium to measure in; close it. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  })
}
