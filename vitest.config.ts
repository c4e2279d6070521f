import { playwright } from '@vitest/browser-playwright'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { findChromium } from './scripts/chromium.ts'

/** `unit` runs in Node; `component` in real Chromium with the mock platform in front of it. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // Real processes and virtual environments on a busy machine; how long they take is no verdict.
          testTimeout: 60_000,
          include: [
            '{src,platform,scripts,mocks}/**/*.test.ts',
            'tests/{contract,durability,hostile}/**/*.test.ts',
          ],
        },
      },
      {
        plugins: [react({ compiler: true })],
        publicDir: 'public',
        // All of them at once: a package found late makes Vite reload the page in the middle of a run.
        optimizeDeps: { entries: ['src/**/*.tsx', 'mocks/**/*.tsx'] },
        test: {
          name: 'component',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['mocks/component-setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findChromium() ?? '/usr/bin/chromium',
                args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
              },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 900 } }],
          },
        },
      },
    ],
  },
})
