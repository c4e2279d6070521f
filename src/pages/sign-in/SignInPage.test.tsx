import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { problemFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { SignInPage } from './SignInPage.tsx'

function open(at: string) {
  const platform = new MockPlatform({ person: null })
  return renderApp(<SignInPage />, { at, path: '/sign-in', platform })
}

test('signing in by keyboard leads back to where one was', async () => {
  const screen = await open('/sign-in?returnTo=%2Finstances%3Flog%3Di-1')
  const jonas = screen.getByRole('button', { name: /Jonas Weber/ })
  await expect.element(jonas).toBeVisible()
  jonas.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => screen.router.state.location)
    .toMatchObject({ pathname: '/instances', search: '?log=i-1' })
  expect(screen.platform.person?.id).toBe('user')
})

test('an address on another host is not followed', async () => {
  const screen = await open('/sign-in?returnTo=%2F%2Fevil.example')
  await screen.getByRole('button', { name: /Priya Nair/ }).click()
  await expect.poll(() => screen.router.state.location.pathname).toBe('/')
})

test('a refusal is shown beside the choices, which stay usable', async () => {
  const title = 'Personas are for browsers on the same machine.'
  let refuse = true
  worker.use(
    http.post('*/api/v1/session', () =>
      refuse
        ? HttpResponse.json(problemFixture({ status: 403, code: 'session.not-loopback', title }), {
            status: 403,
            headers: { 'Content-Type': 'application/problem+json' },
          })
        : undefined,
    ),
  )
  const screen = await open('/sign-in')
  await screen.getByRole('button', { name: /Jonas Weber/ }).click()
  await expect.element(screen.getByRole('alert')).toHaveTextContent(title)
  refuse = false
  await screen.getByRole('button', { name: /Jonas Weber/ }).click()
  await expect.poll(() => screen.router.state.location.pathname).toBe('/')
})
