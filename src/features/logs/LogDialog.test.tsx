import { http, HttpResponse, sse } from 'msw'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { appFixture, instanceFixture, people, problemFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { LogDialog } from './LogDialog.tsx'

const app = appFixture()

async function show(over: Partial<Parameters<typeof instanceFixture>[0]> = {}, text = '') {
  const person = over?.owner ?? people.user
  const instance = instanceFixture({ id: 'i-1', ...over }, app)
  const platform = new MockPlatform({ apps: [app], instances: [instance], person })
  platform.logs.set('i-1', text)
  const onClose = vi.fn()
  const screen = await renderApp(<LogDialog instanceId="i-1" onClose={onClose} />, { platform })
  return { ...screen, onClose }
}

test('a log is followed, and markup in it stays text', async () => {
  const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
  const screen = await show({}, `first line\n${markup}\n`)
  await expect.element(screen.getByText('Following')).toBeVisible()
  await expect.element(screen.getByText('first line')).toBeVisible()
  await expect.element(screen.getByText(markup)).toBeVisible()
  expect(document.querySelector('dialog img, dialog script')).toBeNull()
  screen.platform.write('i-1', 'a later line\n')
  await expect.element(screen.getByText('a later line')).toBeVisible()
})

test('a run that is over says so', async () => {
  const screen = await show({ status: 'FAILED' }, 'ModuleNotFoundError: pandas\n')
  await expect.element(screen.getByText('Ended')).toBeVisible()
  await expect.element(screen.getByText('ModuleNotFoundError: pandas')).toBeVisible()
})

test('paused, the text stands still and what is new is counted', async () => {
  const screen = await show({}, 'first line\n')
  await expect.element(screen.getByText('first line')).toBeVisible()
  await screen.getByRole('button', { name: 'Pause' }).click()
  await expect.element(screen.getByText('Paused')).toBeVisible()
  screen.platform.write('i-1', 'one\ntwo\n')
  const more = screen.getByRole('button', { name: 'Go on, 2 new' })
  await expect.element(more).toBeVisible()
  await expect.element(screen.getByText('two', { exact: true })).not.toBeInTheDocument()
  await more.click()
  await expect.element(screen.getByText('two', { exact: true })).toBeVisible()
})

test('a connection that breaks goes on where it was, even if text is sent again', async () => {
  let connections = 0
  worker.use(
    sse<{ log: string; message: unknown }>('*/api/v1/instances/i-1/logs', ({ client }) => {
      connections += 1
      client.send({ retry: 50 })
      client.send({ event: 'log', id: '4', data: JSON.stringify('one\n') })
      if (connections === 1) setTimeout(() => client.close(), 100)
      else client.send({ event: 'log', id: '8', data: JSON.stringify('two\n') })
    }),
  )
  const screen = await show()
  await expect.element(screen.getByText('two', { exact: true })).toBeVisible()
  expect(connections).toBe(2)
  expect(screen.getByText('one', { exact: true }).elements()).toHaveLength(1)
  await expect.element(screen.getByText('Following')).toBeVisible()
})

test('a log that can’t be read says why', async () => {
  const problem = {
    type: 'about:blank',
    title: 'The log is being written elsewhere.',
    status: 403,
    code: 'instance.log',
    requestId: 'req-9',
  }
  worker.use(
    http.get('*/api/v1/instances/i-1/logs', () => HttpResponse.json(problem, { status: 403 })),
  )
  const screen = await show()
  await expect
    .element(screen.getByText('The log could not be read'), { timeout: 14_000 })
    .toBeVisible()
  await expect.element(screen.getByText('The log is being written elsewhere.')).toBeVisible()
}, 20_000)

test('a first run has no previous one, which is no error', async () => {
  worker.use(
    http.get('*/api/v1/instances/i-1/logs', ({ request }) =>
      new URL(request.url).searchParams.get('previous') === 'true'
        ? HttpResponse.json(problemFixture({ status: 404, code: 'not-found' }), { status: 404 })
        : undefined,
    ),
  )
  const screen = await show({}, 'first line\n')
  await screen.getByRole('button', { name: 'Previous run' }).click()
  await expect.element(screen.getByText('There is no earlier run')).toBeVisible()
  await screen.getByRole('button', { name: 'This run' }).click()
  await expect.element(screen.getByText('first line')).toBeVisible()
})

test('a visitor is told why they can’t read it, and nothing is asked for', async () => {
  const screen = await show({ owner: people.visitor }, 'secret\n')
  await expect
    .element(screen.getByText('Reading status and logs needs full access to the platform.'))
    .toBeVisible()
})

test('Escape closes it', async () => {
  const screen = await show()
  await expect.element(screen.getByText('Following')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  expect(screen.onClose).toHaveBeenCalled()
})
