import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { renderApp } from '../../../mocks/render.tsx'
import { error, warning } from '../../bundle/finding.ts'
import { BundleContents } from './BundleContents.tsx'
import { type FakeFile, fakeReader } from './fake-reader.ts'

const small: Record<string, FakeFile> = {
  'app.toml': '[App]\nName = "x"\nsurprise = 1\n',
  'app.py': 'import os\n',
  'data/big.bin': 900_000,
  'data/small.csv': 'a,b\n',
  'static/note.txt': 'hello',
}

function show(files = small, rest: Partial<Parameters<typeof BundleContents>[0]> = {}) {
  return renderApp(<BundleContents client={fakeReader(files)} {...rest} />)
}

function activeName(): string {
  const tree = document.querySelector('[role=tree]')
  const id = tree?.getAttribute('aria-activedescendant') ?? ''
  return document.getElementById(id)?.querySelector('bdi')?.textContent ?? ''
}

test('the tree is walked with the keyboard alone', async () => {
  const screen = await show()
  const row = (name: RegExp) => screen.getByRole('treeitem', { name })
  await expect.element(row(/app\.toml/)).toBeVisible()
  const tree = screen.getByRole('tree', { name: 'Files in the bundle' })
  await userEvent.tab()
  await expect.element(tree).toHaveFocus()
  expect(activeName()).toBe('All files')

  await userEvent.keyboard('{ArrowDown}{ArrowRight}')
  expect(activeName()).toBe('data')
  await expect.element(row(/^data/)).toHaveAttribute('aria-expanded', 'true')
  await expect.element(row(/big\.bin/)).toHaveAttribute('aria-level', '3')
  await userEvent.keyboard('{ArrowRight}')
  expect(activeName()).toBe('big.bin')
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
  expect(activeName()).toBe('data')
  await expect.element(row(/^data/)).toHaveAttribute('aria-expanded', 'false')

  await userEvent.keyboard('{End}')
  expect(activeName()).toBe('app.toml')
  await userEvent.keyboard('{Home}')
  expect(activeName()).toBe('All files')
  // A move begins a new word.
  await userEvent.keyboard('st{ArrowUp}app.t')
  expect(activeName()).toBe('app.toml')
  await userEvent.keyboard('{Enter}')
  await expect.element(row(/app\.toml/)).toHaveAttribute('aria-selected', 'true')
  await expect.element(screen.getByRole('heading', { name: 'app.toml' })).toBeVisible()
  await expect.element(screen.getByText('Manifest', { exact: false })).toBeVisible()
  await expect.element(tree).toHaveFocus()
})

test('a folder of 20,000 files has as many elements as fit on the screen', async () => {
  const files: Record<string, FakeFile> = { 'app.toml': '' }
  for (let n = 0; n < 20_000; n++) files[`many/${String(n).padStart(5, '0')}.csv`] = 10
  const screen = await show(files, { initialPath: 'many/10000.csv' })
  await expect.element(screen.getByRole('treeitem', { name: /^many/ })).toBeInTheDocument()
  const count = () => document.querySelectorAll('[role=treeitem]').length
  await vi.waitFor(() => expect(count()).toBeGreaterThan(10))
  expect(count()).toBeLessThan(120)

  document.querySelector<HTMLElement>('[role=tree]')?.focus()
  await userEvent.keyboard('{End}')
  expect(activeName()).toBe('app.toml')
  await userEvent.keyboard('{ArrowUp}')
  await expect
    .element(screen.getByRole('treeitem', { name: /^19999\.csv/ }))
    .toHaveAttribute('aria-posinset', '20000')
  await expect.element(screen.getByRole('treeitem', { name: /^19999\.csv/ })).toBeInViewport()
  expect(count()).toBeLessThan(120)
})

test('hostile names and texts are text', async () => {
  const evil = '<img src=x onerror="window.__xss=1">.txt'
  const screen = await show({
    [evil]: '<script>window.__xss=1</script>\nif ok: # \u202e evil',
    'gpj.\u202eexe': 'x',
  })
  await screen.getByRole('treeitem', { name: /^<img src=x onerror=.*\.txt/ }).click()
  await expect.element(screen.getByRole('heading', { name: evil })).toBeVisible()
  const text = screen.getByRole('region', { name: 'Text' })
  await expect.element(text.getByText('<script>window.__xss=1</script>')).toBeVisible()
  await expect.element(text.getByText('if ok: # \\u{202e} evil')).toBeVisible()
  await expect.element(screen.getByRole('treeitem', { name: /^gpj\.\\u\{202e\}exe/ })).toBeVisible()
  expect(screen.container.querySelector('img, script')).toBeNull()
  expect(screen.container.textContent).not.toContain('\u202e')
  expect(Reflect.has(window, '__xss')).toBe(false)
})

test('findings are marked in the tree and at their lines, and lead there', async () => {
  const lines = Array.from({ length: 400 }, (_, n) => `key${n} = ${n}`).join('\n')
  const screen = await show(
    { 'app.toml': lines, 'static/icon.png': 10 },
    {
      findings: [
        warning('a.a', 'This key does nothing.', { path: 'app.toml', line: 350 }),
        error('b.b', 'The icon is broken.', { path: 'static/icon.png' }),
      ],
    },
  )
  await expect.element(screen.getByRole('treeitem', { name: 'static Error 10 B' })).toBeVisible()
  await screen.getByRole('treeitem', { name: /^app\.toml Warning/ }).click()
  await expect.element(screen.getByText('This key does nothing.')).toBeVisible()
  await expect.element(screen.getByText('key349 = 349')).not.toBeInTheDocument()
  await screen.getByRole('button', { name: 'Line 350' }).click()
  await expect.element(screen.getByText('key349')).toBeInViewport()
  await expect.element(screen.getByRole('region', { name: 'Text' })).toHaveFocus()
})

test('a long text is shown to 256 KB and says so', async () => {
  const screen = await show({ 'long.csv': 'a,b,c\n'.repeat(60_000) }, { initialPath: 'long.csv' })
  await expect
    .element(screen.getByText('This file is too long to show whole. Here are its first 256 KB.'))
    .toBeVisible()
  expect(document.querySelectorAll('code').length).toBeLessThan(200)
  await expect.element(screen.getByRole('button', { name: 'Copy what is shown' })).toBeVisible()
})

test('what is no text is named with its kind and size', async () => {
  const screen = await show({ 'model.pkl': 1_200_000 }, { initialPath: 'model.pkl' })
  await expect.element(screen.getByText('Python pickle · 1.2 MB · 600 KB packed')).toBeVisible()
  await expect.element(screen.getByRole('heading', { name: 'This file isn’t text' })).toBeVisible()
})

test('what can’t be read says so, and can be tried again', async () => {
  const reader = fakeReader(small)
  let fails = true
  const readText = async (path: string, maxBytes: number) => {
    if (fails) throw new Error('The file can’t be read any more.')
    return reader.readText(path, maxBytes)
  }
  const screen = await renderApp(
    <BundleContents client={{ ...reader, readText }} initialPath="app.py" />,
  )
  await expect.element(screen.getByText('The file can’t be read any more.')).toBeVisible()
  fails = false
  await screen.getByRole('button', { name: 'Try again' }).click()
  await expect.element(screen.getByText('import os')).toBeVisible()
})

test('a folder that can’t be read says so in its place, and can be tried again', async () => {
  const reader = fakeReader(small)
  let fails = true
  const listFolder = async (path: string) => {
    if (fails && path === 'data') throw new Error('Gone.')
    return reader.listFolder(path)
  }
  const screen = await renderApp(<BundleContents client={{ ...reader, listFolder }} />)
  await screen.getByRole('treeitem', { name: /^data/ }).click()
  const note = screen.getByRole('treeitem', { name: 'Could not be read. Try again' })
  await expect.element(note).toBeVisible()
  fails = false
  await note.click()
  await expect.element(screen.getByRole('treeitem', { name: /^big\.bin/ })).toBeVisible()
})

test('a picture is drawn with its pixels named; a false one says it can’t be', async () => {
  const canvas = new OffscreenCanvas(40, 30)
  canvas.getContext('2d')?.fillRect(0, 0, 40, 30)
  const screen = await show(
    { 'static/icon.png': await canvas.convertToBlob(), 'static/false.png': new Blob(['no']) },
    { initialPath: 'static/icon.png' },
  )
  await expect.element(screen.getByText(/^PNG image · 40 × 30 pixels/)).toBeVisible()
  const drawn = screen.getByRole('img', { name: 'icon.png' })
  await vi.waitFor(() => {
    const element = drawn.element()
    expect(element instanceof HTMLCanvasElement && element.width).toBe(40)
  })
  await screen.getByRole('treeitem', { name: /^false\.png/ }).click()
  await expect.element(screen.getByText('This picture can’t be shown')).toBeVisible()
})

test('a picture that claims to be enormous is not decoded', async () => {
  const head = new Uint8Array(32)
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(head.buffer).setUint32(16, 30_000)
  new DataView(head.buffer).setUint32(20, 30_000)
  const decode = vi.spyOn(globalThis, 'createImageBitmap')
  const screen = await show({ 'huge.png': new Blob([head]) }, { initialPath: 'huge.png' })
  await expect.element(screen.getByText(/30,000 × 30,000 pixels/)).toBeVisible()
  await expect.element(screen.getByText('This picture is too large to show here')).toBeVisible()
  expect(decode).not.toHaveBeenCalled()
})

test('the treemap leads into a folder and back, by keyboard, and the list says the same', async () => {
  const screen = await show({ ...small, 'data/medium.bin': 400_000 })
  const map = screen.getByRole('toolbar', { name: /^The bundle by size/ })
  await expect.element(map.getByRole('button', { name: 'data, 1.3 MB, 100%' })).toBeVisible()
  const list = screen.getByRole('region', { name: 'Largest files' })
  await expect.element(list.getByRole('button', { name: 'data/big.bin 900 KB 69%' })).toBeVisible()
  await map.getByRole('button', { name: /^data/ }).click()
  await expect.element(screen.getByRole('heading', { name: 'data' })).toHaveFocus()
  await userEvent.tab()
  await userEvent.keyboard('{ArrowRight}')
  const inside = screen.getByRole('toolbar', { name: /^The folder by size/ })
  await expect.element(inside.getByRole('button', { name: /^medium\.bin/ })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(screen.getByRole('heading', { name: 'medium.bin' })).toHaveFocus()
  await screen.getByRole('button', { name: 'All files' }).click()
  await expect.element(screen.getByRole('heading', { name: 'All files' })).toHaveFocus()
})

test('on a phone the tree and the file take turns, and the focus goes along', async () => {
  await page.viewport(320, 640)
  const screen = await show()
  await screen.getByRole('treeitem', { name: /^app\.py/ }).click()
  await expect.element(screen.getByRole('heading', { name: 'app.py' })).toHaveFocus()
  await expect.element(screen.getByRole('tree')).not.toBeInTheDocument()
  expect(document.documentElement.scrollWidth).toBe(320)
  await screen.getByRole('button', { name: 'Back to the files' }).click()
  await expect.element(screen.getByRole('tree')).toHaveFocus()
  expect(activeName()).toBe('app.py')
  await screen.getByRole('button', { name: 'What makes it heavy' }).click()
  await expect.element(screen.getByRole('heading', { name: 'All files' })).toHaveFocus()
  expect(document.documentElement.scrollWidth).toBe(320)
  await page.viewport(1280, 900)
})

test('a path that isn’t there says so', async () => {
  const screen = await show(small, { initialPath: 'no/such.py' })
  await expect.element(screen.getByText('There is no such file in the bundle')).toBeVisible()
})
