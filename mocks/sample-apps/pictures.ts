// Draws every sample app's icon from its SVG and photographs the running apps.
// Run from the repository's root: node mocks/sample-apps/pictures.ts [part of a bundle's name]

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium } from '@playwright/test'
import { parse } from 'smol-toml'
import { z } from 'zod'

const HERE = import.meta.dirname
const ICON_PIXELS = 512
const ICON_MOST_BYTES = 100_000
const VIEWPORT = { width: 1280, height: 800 }
const START_MS = 90_000

/** What stands in the pictures: a bundle's addresses, in the order of its screenshots. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  'sales-forecast-1.0.0': ['./?weeks=14&discount=20&start=4'],
  'sales-forecast-1.1.0': [
    './?weeks=14&discount=20&start=4',
    './?store=university&weeks=26&level=95',
  ],
  'loan-risk-scorer-0.9.3': ['./', './applicants?limit=15&sort=applied&order=up'],
  'bed-planner-3.0.1': [
    './?start=2026-01-12&season=flu',
    './?start=2026-01-12&season=flu&ward=paediatrics#detail',
  ],
  'sentiment-board-1.0.4': ['./'],
  'churn-explorer-1.2.0': ['./'],
  'churn-explorer-2.0.0-rc.1': ['./'],
  'csv-profiler-4.1.0': ['./?file=sample'],
  'energy-report-0.4.0': ['./'],
  'warehouse-report-1.3.0': ['./'],
  'garden-helper-0.2.2': ['./?day=2026-04-27'],
  'simulation-lab-2.1.0': ['./?start=2026-01-12&due=2026-06-15'],
  'line-monitor-1.0.0': ['./?at=2026-01-12T09:47'],
  'shift-roster-0.9.0': ['./?start=2026-01-12'],
}

/** Variables and files from secrets, as they are while a picture is taken. */
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'warehouse-report-1.3.0': { WAREHOUSE_URL: 'https://stock.example.com' },
  'garden-helper-0.2.2': { WEATHER_TOKEN: 'only-for-the-picture' },
}

const SECRET_FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'warehouse-report-1.3.0': { 'config/warehouse.json': '{"warehouses": ["lyon"]}' },
}

const Manifest = z.preprocess(
  smallKeys,
  z.object({
    app: z.object({ name: z.string(), version: z.string() }),
    runtime: z.object({ module: z.string() }).optional(),
  }),
)
type Manifest = z.infer<typeof Manifest>

const wanted = process.argv[2] ?? ''
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
})
try {
  for (const bundle of (await bundles()).filter((name) => name.includes(wanted))) {
    const manifest = Manifest.parse(parse(await readFile(join(HERE, bundle, 'app.toml'), 'utf8')))
    await drawIcon(browser, bundle, manifest.app.name)
    if (manifest.runtime && SCREENS[bundle]) {
      await photograph(browser, bundle, manifest, manifest.runtime.module)
    }
  }
} finally {
  await browser.close()
}

async function bundles(): Promise<string[]> {
  const entries = await readdir(HERE, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const found: string[] = []
  for (const name of folders) {
    const manifest = await stat(join(HERE, name, 'app.toml')).catch(() => undefined)
    if (manifest?.isFile()) found.push(name)
  }
  return found.sort()
}

/** Manifests are read in any letter case. */
function smallKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toLowerCase(), smallKeys(inner)]),
  )
}

async function drawIcon(on: Browser, bundle: string, app: string): Promise<void> {
  const svg = await readFile(join(HERE, 'icons', `${app}.svg`), 'utf8')
  const page = await on.newPage({ viewport: { width: ICON_PIXELS, height: ICON_PIXELS } })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  await page.close()
  if (png.length >= ICON_MOST_BYTES) {
    throw new Error(`${bundle}: the icon weighs ${png.length} bytes; draw it with less detail`)
  }
  await save(join(bundle, 'static', 'icon.png'), png)
}

async function photograph(
  on: Browser,
  bundle: string,
  manifest: Manifest,
  module: string,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'picture-'))
  const folder = join(scratch, 'app')
  const volume = join(scratch, 'volume')
  await mkdir(volume)
  await cp(join(HERE, bundle), folder, { recursive: true })
  for (const [path, content] of Object.entries(SECRET_FILES[bundle] ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const app = spawn('python3', ['-m', module], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONPATH: (await wheels(bundle)).join(delimiter),
      WAVEDECK_VOLUME: volume,
      H2O_CLOUD_APP_VERSION: manifest.app.version,
      ...SECRETS[bundle],
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(app, 'exit')
  try {
    const address = await listening(bundle, app)
    // The same typeface on every machine, in place of whatever its system font is; bypassCSP lets it in.
    const context = await on.newContext({
      viewport: VIEWPORT,
      bypassCSP: true,
      colorScheme: 'light',
    })
    const page = await context.newPage()
    for (const [index, path] of (SCREENS[bundle] ?? []).entries()) {
      await page.goto(new URL(path, address).href)
      await page.addStyleTag({ content: await typeface() })
      await page.evaluate(async () => {
        await Promise.all([...document.fonts].map((font) => font.load()))
        if (location.hash) document.querySelector(location.hash)?.scrollIntoView()
      })
      await save(join(bundle, 'static', `screenshot-${index + 1}.png`), await page.screenshot())
    }
    await context.close()
  } finally {
    app.kill('SIGTERM')
    await ended
    await rm(scratch, { recursive: true })
  }
}

/** The bundle's own wheels. Python imports pure ones without installing them. */
async function wheels(bundle: string): Promise<string[]> {
  const folder = join(HERE, bundle, 'whl')
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.endsWith('.whl')).map((name) => join(folder, name))
}

/** The address in the line with which the app says that it listens, on the free port it found. */
async function listening(bundle: string, app: ChildProcess): Promise<string> {
  if (!app.stdout) throw new Error(`${bundle}: its output is not piped`)
  const lines = createInterface(app.stdout)
  const late = setTimeout(() => lines.close(), START_MS)
  // Not for await: leaving the loop would close the pipe, and the app could log no more.
  const address = await new Promise<string | undefined>((resolve) => {
    lines.on('line', (line) => {
      const found = /^listening on (\S+)$/.exec(line)?.[1]
      if (found) resolve(found)
    })
    lines.on('close', () => resolve(undefined))
  })
  clearTimeout(late)
  if (!address) throw new Error(`${bundle}: the app did not start`)
  return `http://${address}/`
}

async function typeface(): Promise<string> {
  const file = import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')
  const data = (await readFile(new URL(file))).toString('base64')
  return `@font-face { font-family: Picture; font-weight: 100 900; src: url(data:font/woff2;base64,${data}) }
    :root { --font: Picture, system-ui, sans-serif }`
}

async function save(path: string, png: Buffer): Promise<void> {
  await writeFile(join(HERE, path), png)
  console.log(`${path}  ${Math.ceil(png.length / 1024)} KB`)
}
