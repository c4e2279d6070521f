import { useSearchParams } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderApp } from '../../mocks/render.tsx'
import { useSearchText, withSearchText } from './use-search-text.ts'

const write = vi.fn<(text: string) => void>()

function Box() {
  const [search] = useSearchParams()
  const { text, type } = useSearchText(search.get('q') ?? '', write)
  return <input aria-label="Search" value={text} onChange={(event) => type(event.target.value)} />
}

async function show() {
  const screen = await renderApp(<Box />, { path: '/', at: '/?q=old' })
  return { ...screen, box: screen.getByRole('textbox', { name: 'Search' }) }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  write.mockReset()
})
afterEach(() => {
  vi.useRealTimers()
})

test('is written once, after a pause, as it was typed last', async () => {
  const { box } = await show()
  await expect.element(box).toHaveValue('old')
  await box.fill('n')
  await box.fill('new')
  await expect.element(box).toHaveValue('new')
  expect(write).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(write.mock.calls).toEqual([['new']])
})

test('a navigation from elsewhere overwrites it, and nothing is written after that', async () => {
  const { box, router } = await show()
  await box.fill('new')
  await router.navigate('/?q=elsewhere')
  await expect.element(box).toHaveValue('elsewhere')
  vi.advanceTimersByTime(1_000)
  expect(write).not.toHaveBeenCalled()
})

test('a change of the address that was made here leaves it alone', async () => {
  const { box, router } = await show()
  await box.fill('new')
  await router.navigate('/?q=old&status=failed', { state: withSearchText })
  expect(router.state.location.search).toContain('status')
  await expect.element(box).toHaveValue('new')
  vi.advanceTimersByTime(1_000)
  expect(write.mock.calls).toEqual([['new']])
})
