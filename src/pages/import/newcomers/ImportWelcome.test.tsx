import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { renderApp } from '../../../../mocks/render.tsx'
import { inspectBundle } from '../../../bundle/inspect.ts'
import { ImportWelcome } from './ImportWelcome.tsx'
import { makeSample, makeTemplate } from './make-bundle.ts'

afterEach(() => vi.restoreAllMocks())

test.each([
  ['python', 'my-first-app.zip', 'my-first-app', 'python'],
  ['wave', 'my-first-wave-app.zip', 'my-first-wave-app', 'wave'],
] as const)('the %s template imports without a warning', async (name, file, app, mode) => {
  const template = await makeTemplate(name)
  expect(template.name).toBe(file)
  const { verdict, findings, manifest, icon } = await inspectBundle(template)
  expect(findings.filter(({ severity }) => severity !== 'advice')).toEqual([])
  expect(verdict).toBe('ok')
  expect(manifest).toMatchObject({ name: app, runtime: { appMode: mode, module: 'app' } })
  expect(icon?.path).toBe('static/icon.png')
})

test('the templates’ ignore rules keep out what the first run leaves behind', async () => {
  const { archive } = await inspectBundle(await makeTemplate('python'))
  const entry = archive?.get('.appignore')
  const rules = entry && new TextDecoder().decode(await archive?.read(entry, 10_000))
  expect(rules).toContain('__pycache__/')
})

test('two people’s samples don’t collide', async () => {
  const first = await inspectBundle(await makeSample(new Date('2026-03-01T10:00:00Z')))
  const second = await inspectBundle(await makeSample(new Date('2026-03-01T10:00:01Z')))
  expect(first.verdict).toBe('ok')
  expect(first.manifest?.version).toBe('0.1.0-20260301100000')
  expect(second.manifest?.version).toBe('0.1.0-20260301100001')
})

test('a template is saved, and what to do with it is said', async () => {
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(
    this: HTMLAnchorElement,
  ) {
    saved.push(`${this.download} ${new URL(this.href).protocol}`)
  })
  const screen = await renderApp(<ImportWelcome onFiles={() => undefined} />)
  await screen.getByRole('button', { name: 'Download Wave template' }).click()
  await expect
    .element(screen.getByText(/^my-first-wave-app\.zip is in your downloads/))
    .toBeVisible()
  expect(saved).toEqual(['my-first-wave-app.zip blob:'])
})

test('the sample is handed on as a chosen bundle', async () => {
  const onFiles = vi.fn<(files: File[]) => void>()
  const screen = await renderApp(<ImportWelcome onFiles={onFiles} />)
  await screen.getByRole('button', { name: 'Just try a sample bundle' }).click()
  await vi.waitFor(() => expect(onFiles).toHaveBeenCalledOnce())
  const [files] = onFiles.mock.calls[0] ?? []
  expect(files?.map(({ name }) => name)).toEqual(['sample-app.wave'])
})

test('what could not be made says so, and can be tried again', async () => {
  const onFiles = vi.fn<(files: File[]) => void>()
  const broken = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('No connection.'))
  const screen = await renderApp(<ImportWelcome onFiles={onFiles} />)
  await screen.getByRole('button', { name: 'Just try a sample bundle' }).click()
  await expect.element(screen.getByText('The sample could not be packed')).toBeVisible()
  expect(onFiles).not.toHaveBeenCalled()
  broken.mockRestore()
  await screen.getByRole('button', { name: 'Try again' }).click()
  await vi.waitFor(() => expect(onFiles).toHaveBeenCalledOnce())
})

test('nothing is wider than a small phone', async () => {
  await page.viewport(320, 640)
  const screen = await renderApp(<ImportWelcome onFiles={() => undefined} />)
  await expect.element(screen.getByRole('heading', { name: 'A short app.toml' })).toBeVisible()
  expect(document.documentElement.scrollWidth).toBe(320)
  await page.viewport(1280, 900)
})
