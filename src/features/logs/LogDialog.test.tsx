import { http, HttpResponse, sse } from 'msw'
import { expect, test } from 'vitest'
import { type Locator, userEvent } from 'vitest/browser'
import { appFixture, instanceFixture, people, problemFixture } from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { LogDialog } from './LogDialog.tsx'

const app = appFixture()

async function show(
  over: Partial<Parameters<typeof instanceFixture>[0]> = {},
  text = '',
  search = '?status=failed&log=i-1',
) {
  const person = over?.owner ?? people.user
  const instance = instanceFixture({ id: 'i-1', ...over }, app)
  const platform = new MockPlatform({ apps: [app], instances: [instance], person })
  platform.logs.set('i-1', text)
  const screen = await renderApp(<LogDialog instanceId="i-1" />, { platform, at: `/${search}` })
  return { ...screen, log: screen.getByRole('log', { name: `Log of ${app.title}` }) }
}

const textOf = (locator: Locator) => locator.query()?.textContent ?? ''

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

test('a run that is over says so, with the last line whole even without its end', async () => {
  const screen = await show({ status: 'FAILED' }, 'ModuleNotFoundError: pandas')
  await expect.element(screen.getByText('Ended')).toBeVisible()
  await expect.element(screen.getByText('ModuleNotFoundError: pandas')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Line 1, error' })).toBeVisible()
})

test('paused, the text stands still and what is new is counted', async () => {
  const lines = Array.from({ length: 200 }, (_, n) => `line ${n}\n`).join('')
  const screen = await show({}, lines)
  await expect.element(screen.getByText('line 199', { exact: true })).toBeVisible()
  await screen.getByRole('button', { name: 'Pause' }).click()
  await expect.element(screen.getByText('Paused')).toBeVisible()
  screen.platform.write('i-1', 'one\ntwo\n')
  const more = screen.getByRole('button', { name: '2 new lines' })
  await expect.element(more).toBeVisible()
  await expect.element(screen.getByText('line 199', { exact: true })).toBeInViewport()
  await more.click()
  await expect.element(screen.getByText('two', { exact: true })).toBeInViewport()
  await expect.element(screen.getByText('Following')).toBeVisible()
})

test('by keyboard: to the first line, which pauses, and back to the newest', async () => {
  const lines = Array.from({ length: 500 }, (_, n) => `line ${n}\n`).join('')
  const screen = await show({}, lines)
  await expect.element(screen.getByText('line 499', { exact: true })).toBeVisible()
  screen.log.element().focus()
  await userEvent.keyboard('{Home}')
  await expect.element(screen.getByText('line 0', { exact: true })).toBeInViewport()
  await expect.element(screen.getByText('Paused')).toBeVisible()
  await userEvent.keyboard('{End}')
  await expect.element(screen.getByText('line 499', { exact: true })).toBeInViewport()
  await expect.element(screen.getByText('Following')).toBeVisible()
})

test('a connection that breaks goes on where it was, even if text is sent again', async () => {
  const asked: (string | null)[] = []
  const shown = Promise.withResolvers<void>()
  worker.use(
    sse<{ log: string; message: unknown }>('*/api/v1/instances/i-1/logs', ({ client, request }) => {
      asked.push(request.headers.get('Last-Event-ID'))
      client.send({ event: 'log', id: '4', data: JSON.stringify('one\n') })
      if (asked.length === 1) void shown.promise.then(() => client.close())
      else client.send({ event: 'log', id: '8', data: JSON.stringify('two\n') })
    }),
  )
  const screen = await show()
  await expect.element(screen.getByText('one', { exact: true })).toBeVisible()
  shown.resolve()
  await expect.element(screen.getByText('two', { exact: true })).toBeVisible()
  expect(asked).toEqual([null, '4'])
  expect(screen.getByText('one', { exact: true }).elements()).toHaveLength(1)
  await expect.element(screen.getByText('Following')).toBeVisible()
})

test('a line that names no time has the one when it was printed', async () => {
  const at = new Date(2026, 10, 25, 22, 12, 51, 250)
  worker.use(
    sse<{ times: string; log: string }>('*/api/v1/instances/i-1/logs', ({ client }) => {
      client.send({ event: 'times', data: JSON.stringify([[0, at.getTime()]]) })
      client.send({ event: 'log', id: '6', data: JSON.stringify('hello\n') })
    }),
  )
  const screen = await show()
  const time = screen.getByText('22:12:51.250')
  await expect.element(time).toBeVisible()
  await expect.element(time).toHaveAttribute('datetime', at.toISOString())
  await expect
    .element(time)
    .toHaveAttribute('title', expect.stringContaining('when it was printed'))
  await screen.getByRole('button', { name: 'Times' }).click()
  await expect.element(time).not.toBeInTheDocument()
})

test('a log that can’t be read says why, and one can try again', async () => {
  const problem = {
    type: 'about:blank',
    title: 'The log is being written elsewhere.',
    status: 403,
    code: 'instance.log',
    requestId: 'req-9',
  }
  worker.use(
    http.get('*/api/v1/instances/i-1/logs', () => HttpResponse.json(problem, { status: 403 }), {
      once: true,
    }),
  )
  const screen = await show({}, 'there it is\n')
  await expect.element(screen.getByText('The log could not be read')).toBeVisible()
  await expect.element(screen.getByText('The log is being written elsewhere.')).toBeVisible()
  await screen.getByRole('button', { name: 'Try again' }).click()
  await expect.element(screen.getByText('there it is')).toBeVisible()
})

test('a session that ended says so, and what was read stays', async () => {
  let connections = 0
  const shown = Promise.withResolvers<void>()
  const problem = problemFixture({ status: 401, code: 'session.missing' })
  worker.use(
    http.get('*/api/v1/instances/i-1/logs', () =>
      connections === 0 ? undefined : HttpResponse.json(problem, { status: 401 }),
    ),
    sse<{ log: string; message: unknown }>('*/api/v1/instances/i-1/logs', ({ client }) => {
      connections += 1
      client.send({ event: 'log', id: '4', data: JSON.stringify('one\n') })
      void shown.promise.then(() => client.close())
    }),
  )
  const screen = await show()
  await expect.element(screen.getByText('one', { exact: true })).toBeVisible()
  shown.resolve()
  await expect.element(screen.getByText(/Your session has ended/)).toBeVisible()
  await expect.element(screen.getByText('one', { exact: true })).toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'Sign in' }))
    .toHaveAttribute('href', '/sign-in?returnTo=%2F%3Fstatus%3Dfailed%26log%3Di-1')
})

test('a first run has no previous one, which is no error', async () => {
  worker.use(
    http.get('*/api/v1/instances/i-1/logs', ({ request }) =>
      new URL(request.url).searchParams.get('previous') === 'true'
        ? HttpResponse.json(problemFixture({ status: 404, code: 'log.no-previous-run' }), {
            status: 404,
          })
        : undefined,
    ),
  )
  const screen = await show({}, 'first line\n')
  await screen.getByRole('button', { name: 'Previous run' }).click()
  await expect.element(screen.getByText('There is no earlier run')).toBeVisible()
  expect(screen.router.state.location.search).toBe('?status=failed&log=i-1&run=previous')
  await screen.getByRole('button', { name: 'This run' }).click()
  await expect.element(screen.getByText('first line')).toBeVisible()
})

test('an instance that somebody ends leaves what was read on the screen', async () => {
  const screen = await show({}, 'last words\n')
  await expect.element(screen.getByText('last words')).toBeVisible()
  screen.platform.terminate('i-1')
  await expect.element(screen.getByText(/This instance was terminated/)).toBeVisible()
  await expect.element(screen.getByText('last words')).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Save what is here' })).toBeVisible()
})

test('search counts, steps through and narrows down to what it finds', async () => {
  const lines = Array.from({ length: 300 }, (_, n) =>
    n % 100 === 7 ? `needle ${n}\n` : `line ${n}\n`,
  )
  const screen = await show({}, lines.join(''))
  const field = screen.getByRole('textbox', { name: 'Search the log' })
  await field.fill('NEEDLE')
  await expect
    .poll(() => textOf(screen.getByLabelText('Found')), { timeout: 10_000 })
    .toContain('3')
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => textOf(screen.getByLabelText('Found')), { timeout: 10_000 })
    .toContain('of 3')
  await expect.element(screen.getByText('Paused')).toBeVisible()
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}')
  await expect
    .poll(() => textOf(screen.getByLabelText('Found')), { timeout: 10_000 })
    .toContain('of 3')
  await screen.getByRole('button', { name: 'Match case' }).click()
  await expect
    .poll(() => textOf(screen.getByLabelText('Found')), { timeout: 10_000 })
    .toContain('None')
  await screen.getByRole('button', { name: 'Match case' }).click()
  await screen.getByRole('button', { name: 'Only matches' }).click()
  await expect.element(screen.getByText('line 299', { exact: true })).not.toBeInTheDocument()
  for (const n of [7, 107, 207]) {
    await expect.poll(() => textOf(screen.log), { timeout: 10_000 }).toContain(`needle ${n}`)
  }
})

test('a pattern works, a wrong one is explained, and one that would take for ever is ended', async () => {
  const screen = await show({}, `status=200\nstatus=503\n${'a'.repeat(40)}!\n`)
  await expect.element(screen.getByText('status=503')).toBeVisible()
  const field = screen.getByRole('textbox', { name: 'Search the log' })
  await screen.getByRole('button', { name: 'Regular expression' }).click()
  await field.fill(String.raw`status=5\d\d$`)
  await expect
    .poll(() => textOf(screen.getByLabelText('Found')), { timeout: 10_000 })
    .toContain('1')
  await field.fill('status=(')
  await expect
    .poll(() => textOf(screen.getByRole('alert')), { timeout: 10_000 })
    .toContain('no regular expression')
  await field.fill('(a+)+$')
  await expect
    .poll(() => textOf(screen.getByRole('alert')), { timeout: 10_000 })
    .toContain('takes too long')
  // The log itself goes on.
  screen.platform.write('i-1', 'still here\n')
  await expect.element(screen.getByText('still here')).toBeVisible()
})

test('by level: errors with their tracebacks, and nothing else', async () => {
  const traceback =
    'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: \'nope\'\n'
  const screen = await show({}, `INFO: fine\nERROR: bad\n${traceback}INFO: fine again\n`)
  await expect.element(screen.getByText('INFO: fine again')).toBeVisible()
  await screen.getByRole('combobox', { name: 'Level' }).selectOptions('errors')
  await expect.element(screen.getByText('INFO: fine', { exact: true })).not.toBeInTheDocument()
  await expect.element(screen.getByText('ERROR: bad')).toBeVisible()
  await expect.element(screen.getByText(/File "a.py"/)).toBeVisible()
})

test('JSON is folded to what it says, and unfolds', async () => {
  const line = JSON.stringify({ level: 'info', msg: 'order received', order: { id: 4711 } })
  const screen = await show({}, `${line}\n`)
  await expect
    .poll(() => textOf(screen.log), { timeout: 10_000 })
    .toContain('info  order received  order={"id":4711}')
  await screen.getByRole('button', { name: 'Line 1, info' }).click()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(screen.getByText('"id": 4711')).toBeVisible()
  await screen.getByRole('button', { name: 'Fold', exact: true }).click()
  await expect.element(screen.getByText('"id": 4711')).not.toBeInTheDocument()
})

test('a line is marked in the address, and a link to it opens there', async () => {
  const lines = Array.from({ length: 1000 }, (_, n) => `line ${n}\n`).join('')
  const at = lines.indexOf('line 500\n')
  const screen = await show({}, lines, `?log=i-1&line=${at}`)
  await expect.element(screen.getByText('line 500', { exact: true })).toBeInViewport()
  await expect.element(screen.getByText('One line is marked.')).toBeVisible()
  await screen.getByRole('button', { name: 'Line 503' }).click({ modifiers: ['Shift'] })
  expect(screen.router.state.location.search).toBe(
    `?log=i-1&line=${at}-${lines.indexOf('line 502\n')}`,
  )
  await screen.getByRole('button', { name: 'Clear' }).click()
  expect(screen.router.state.location.search).toBe('?log=i-1')
})

test('a visitor is told why they can’t read it, and nothing is asked for', async () => {
  const screen = await show({ owner: people.visitor }, 'secret\n')
  await expect
    .element(screen.getByText('Reading status and logs needs full access to the platform.'))
    .toBeVisible()
})

test('Escape clears the search, then closes it, and the rest of the address stays', async () => {
  const screen = await show({}, 'text\n', '?status=failed&log=i-1&run=previous&line=3')
  await screen.getByRole('textbox', { name: 'Search the log' }).fill('x')
  await userEvent.keyboard('{Escape}')
  await expect.element(screen.getByRole('textbox', { name: 'Search the log' })).toHaveValue('')
  await userEvent.keyboard('{Escape}')
  expect(screen.router.state.location.search).toBe('?status=failed')
})
