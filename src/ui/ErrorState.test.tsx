import { expect, test, vi } from 'vitest'
import { renderApp } from '../../mocks/render.tsx'
import { ApiError } from '../api/errors.ts'
import { ErrorState } from './ErrorState.tsx'

const error = new ApiError({
  status: 500,
  code: 'store.unreadable',
  title: 'The store could not be read.',
  requestId: 'r-42',
})

test('the detail is copied whole, and copying is confirmed', async () => {
  const written: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    written.push(text)
  })
  const screen = await renderApp(<ErrorState title="The catalog could not be read" error={error} />)
  await expect.element(screen.getByText('store.unreadable · 500 · request r-42')).toBeVisible()
  await screen.getByRole('button', { name: 'Copy details' }).click()
  await expect.element(screen.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(written).toEqual([
    'The catalog could not be read\nThe store could not be read.\nstore.unreadable · 500 · request r-42',
  ])
})

test('a browser that refuses to copy says so', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(
    new DOMException('', 'NotAllowedError'),
  )
  const screen = await renderApp(<ErrorState title="It failed" error={error} />)
  await screen.getByRole('button', { name: 'Copy details' }).click()
  await expect.element(screen.getByRole('button', { name: 'Can’t copy here' })).toBeVisible()
})
