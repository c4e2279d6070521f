import { HttpResponse } from 'msw'
import { useQuery } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import {
  appFixture,
  instanceFixture,
  outOfMemory,
  people,
  problemFixture,
  runtimeStatusFixture,
  secretMissing,
} from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import { handleRunApp, handleVisitInstance } from '../../api/generated/msw.gen.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { PrimaryActionButton } from './PrimaryActionButton.tsx'

const app = appFixture()
const baseUrl = '*/api/v1'

type Layout = 'card' | 'header'

function WithOwn({ of, layout = 'card' }: { of: App; layout?: Layout }) {
  const { data } = useQuery(myInstancesOptions(useActor().userId))
  const own = data?.instances.filter((instance) => instance.app.id === of.id) ?? []
  return <PrimaryActionButton app={of} own={own} layout={layout} />
}

function show(of: App, platform: MockPlatform, layout: Layout = 'card') {
  return renderApp(<WithOwn of={of} layout={layout} />, { platform })
}

/** A tab as `window.open` gives it, and what is done to it. */
function watchTabs() {
  const opened = document.implementation.createHTMLDocument()
  const tab = {
    opener: window as unknown,
    document: opened,
    location: { replace: vi.fn() },
    close: vi.fn(),
  }
  const open = vi.spyOn(window, 'open').mockReturnValue(tab as unknown as Window)
  return { tab, open }
}

describe('what is offered', () => {
  test('an app that can be run says Run and what it takes', async () => {
    const screen = await show(app, new MockPlatform({ apps: [app] }))
    await expect.element(screen.getByRole('button', { name: 'Run Sales forecast' })).toBeVisible()
    await expect.element(screen.getByText('Up to 512 MiB, pauses after 8 h')).toBeVisible()
  })

  test('a running instance is visited', async () => {
    const instances = [instanceFixture({}, app)]
    const screen = await show(app, new MockPlatform({ apps: [app], instances }))
    await expect.element(screen.getByRole('button', { name: 'Visit Sales forecast' })).toBeVisible()
    await expect.element(screen.getByText('Running', { exact: true })).toBeVisible()
  })

  test('a paused instance is resumed', async () => {
    const instances = [instanceFixture({ status: 'SUSPENDED' }, app)]
    const platform = new MockPlatform({ apps: [app], instances })
    const screen = await show(app, platform)
    await screen.getByRole('button', { name: 'Resume Sales forecast' }).click()
    await expect.element(screen.getByText(/^Starting · \d+ s$/)).toBeVisible()
    expect(platform.instances).toHaveLength(1)
  })

  test('a link opens in a new tab that knows nothing of this one', async () => {
    const link = appFixture({ lifecycle: 'LINK', link: 'https://example.com/studio' })
    const screen = await show(link, new MockPlatform({ apps: [link] }))
    const open = screen.getByRole('link', { name: 'Open Sales forecast in a new tab' })
    await expect.element(open).toHaveAttribute('href', 'https://example.com/studio')
    await expect.element(open).toHaveAttribute('rel', 'noopener noreferrer')
    await expect.element(open).toHaveAttribute('target', '_blank')
  })

  test('a link that is a script is not a link', async () => {
    const link = appFixture({ lifecycle: 'LINK', link: 'javascript:alert(1)' })
    const screen = await show(link, new MockPlatform({ apps: [link] }))
    await expect.element(screen.getByText(/not a web address/)).toBeVisible()
    await expect.element(screen.getByRole('link')).not.toBeInTheDocument()
  })

  test('a managed app is visited where its owner runs it, and says so where not', async () => {
    const managed = appFixture({ lifecycle: 'MANAGED', visitInstance: { id: 'shared' } })
    const screen = await show(managed, new MockPlatform({ apps: [managed] }))
    await expect.element(screen.getByRole('button', { name: 'Visit Sales forecast' })).toBeVisible()
    await expect.element(screen.getByText('Run by Priya Nair')).toBeVisible()
  })

  test('a managed app that is not running says why there is nothing to do', async () => {
    const managed = appFixture({ lifecycle: 'MANAGED' })
    const screen = await show(managed, new MockPlatform({ apps: [managed] }))
    const button = screen.getByRole('button', { name: 'Visit Sales forecast' })
    await expect.element(button).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button).toHaveAccessibleDescription(/it is not running now/)
  })

  test('what is missing is the reason of a button that can’t be used', async () => {
    const message = 'The secret “weather” is missing.'
    const broken = appFixture({ preconditions: secretMissing(message) })
    const platform = new MockPlatform({ apps: [broken] })
    const screen = await show(broken, platform)
    const button = screen.getByRole('button', { name: 'Run Sales forecast' })
    await expect.element(button).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button).toHaveAccessibleDescription(message)
    await button.click({ force: true })
    expect(platform.instances).toEqual([])
  })

  test('at the limit the reason says how to get room', async () => {
    const other = appFixture({ id: 'other', name: 'other' })
    const instances = Array.from({ length: 10 }, (_, n) => instanceFixture({ id: `i-${n}` }, other))
    const screen = await show(app, new MockPlatform({ apps: [app, other], instances }))
    await expect
      .element(screen.getByText('You have 10 of 10 instances. Pause one first.'))
      .toBeVisible()
  })

  test('who isn’t signed in is led to sign in, and back here', async () => {
    const visible = appFixture({ visibility: 'PUBLIC' })
    const platform = new MockPlatform({ apps: [visible], person: null })
    const screen = await renderApp(<WithOwn of={visible} />, { platform, at: '/?q=sales' })
    await expect
      .element(screen.getByRole('link', { name: 'Sign in to run Sales forecast' }))
      .toHaveAttribute('href', '/sign-in?returnTo=%2F%3Fq%3Dsales')
  })
})

describe('running', () => {
  test('Run becomes Starting with its phase, then Visit, without a reload, and keeps the focus', async () => {
    const platform = new MockPlatform({ apps: [app] })
    const screen = await show(app, platform, 'header')
    await screen.getByRole('button', { name: 'Run Sales forecast' }).click()
    await expect.element(screen.getByText(/^Starting · sourcing the app · \d+ s$/)).toBeVisible()
    const [started] = platform.instances
    platform.update(started?.id ?? '', {
      runtimeStatus: runtimeStatusFixture({ reason: 'InstallingRequirements' }),
    })
    await expect
      .element(screen.getByText(/^Starting · installing requirements · \d+ s$/))
      .toBeVisible()
    platform.update(started?.id ?? '', {
      status: 'DEPLOYED',
      runtimeStatus: runtimeStatusFixture(),
    })
    const visit = screen.getByRole('button', { name: 'Visit Sales forecast' })
    await expect.element(visit).toHaveFocus()
    await expect.element(screen.getByText('Sales forecast is running')).toBeInTheDocument()
  })

  test('a failure says why in plain words, leads to the log and can be tried again', async () => {
    const instances = [instanceFixture({ status: 'FAILED', runtimeStatus: outOfMemory }, app)]
    const platform = new MockPlatform({ apps: [app], instances })
    const screen = await show(app, platform)
    await expect
      .element(screen.getByText('Stopped: it used more than its 512 MB of memory.'))
      .toBeVisible()
    await expect
      .element(screen.getByRole('link', { name: 'Read the log' }))
      .toHaveAttribute('href', '/instances?log=instance-1')
    await screen.getByRole('button', { name: 'Try again Sales forecast' }).click()
    await expect.element(screen.getByRole('button', { name: 'Starting…' })).toBeVisible()
    expect(platform.instances).toHaveLength(1)
  })

  test('a visitor sees a failure without a link to a log they may not read', async () => {
    const visible = appFixture({ visibility: 'PUBLIC' })
    const instances = [
      instanceFixture(
        {
          status: 'FAILED',
          owner: people.visitor,
          runtimeStatus: runtimeStatusFixture({ state: 'Error' }),
        },
        visible,
      ),
    ]
    const person = people.visitor
    const screen = await show(visible, new MockPlatform({ apps: [visible], instances, person }))
    await expect.element(screen.getByText(/the platform doesn’t say why/)).toBeVisible()
    await expect.element(screen.getByRole('link', { name: 'Read the log' })).not.toBeInTheDocument()
  })

  test('an answer that is lost is asked for again with the same key: nothing is made twice', async () => {
    const keys: (string | null)[] = []
    const platform = new MockPlatform({ apps: [app] })
    worker.use(
      handleRunApp(
        ({ request }) => {
          const key = request.headers.get('Idempotency-Key')
          keys.push(key)
          const instance = platform.run(app, key)
          return keys.length === 1
            ? HttpResponse.error()
            : HttpResponse.json(instance, { status: 201 })
        },
        { baseUrl },
      ),
    )
    const screen = await show(app, platform)
    await screen.getByRole('button', { name: 'Run Sales forecast' }).click()
    await expect.poll(() => keys.length, { timeout: 4000 }).toBe(2)
    expect(new Set(keys).size).toBe(1)
    await expect.element(screen.getByText(/^Starting · \d+ s$/)).toBeVisible()
    expect(platform.instances).toHaveLength(1)
  })

  test('a refusal is shown beside the button', async () => {
    const title = 'You have 10 of 10 instances. Pause one first.'
    const problem = problemFixture({ status: 409, code: 'limit.instances', title })
    worker.use(handleRunApp(() => HttpResponse.json(problem, { status: 409 }), { baseUrl }))
    const screen = await show(app, new MockPlatform({ apps: [app] }))
    await screen.getByRole('button', { name: 'Run Sales forecast' }).click()
    await expect.element(screen.getByRole('alert')).toHaveTextContent(title)
  })
})

describe('visiting', () => {
  const running = () =>
    new MockPlatform({ apps: [app], instances: [instanceFixture({ id: 'i-1' }, app)] })

  test('the tab is opened in the click, loses its opener, and then goes to the address', async () => {
    const { tab, open } = watchTabs()
    const url = 'http://i-1.localhost:4600/?wavedeck_ticket=abc'
    worker.use(handleVisitInstance({ body: { url } }, { baseUrl }))
    const screen = await show(app, running())
    await screen.getByRole('button', { name: 'Visit Sales forecast' }).click()
    expect(open).toHaveBeenCalledWith('about:blank', '_blank')
    expect(tab.opener).toBeNull()
    await expect.poll(() => tab.location.replace.mock.calls).toEqual([[url]])
    open.mockRestore()
  })

  test('where the browser lets no tab be opened, the address is offered', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null)
    const url = 'http://i-1.localhost:4600/?wavedeck_ticket=abc'
    worker.use(handleVisitInstance({ body: { url } }, { baseUrl }))
    const screen = await show(app, running())
    await screen.getByRole('button', { name: 'Visit Sales forecast' }).click()
    const link = screen.getByRole('link', { name: 'Open Sales forecast here' })
    await expect.element(link).toHaveAttribute('href', url)
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
    open.mockRestore()
  })

  test('an address that isn’t one is not followed', async () => {
    const { tab, open } = watchTabs()
    worker.use(handleVisitInstance({ body: { url: 'javascript:alert(1)' } }, { baseUrl }))
    const screen = await show(app, running())
    await screen.getByRole('button', { name: 'Visit Sales forecast' }).click()
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('The platform gave an address that can’t be opened.')
    expect(tab.location.replace).not.toHaveBeenCalled()
    expect(tab.close).toHaveBeenCalled()
    open.mockRestore()
  })
})

test('at the limit, Run offers to pause the longest unused first, and runs then', async () => {
  const other = appFixture({ id: 'app-2', name: 'care', title: 'Care pathways' })
  const used = (minute: number) => `2026-11-12T09:${minute}:00Z`
  const instances = Array.from({ length: 10 }, (_, n) =>
    instanceFixture({ id: `i-${n}`, lastUsedAt: used(n === 7 ? 10 : 20 + n) }, other),
  )
  const platform = new MockPlatform({ apps: [app, other], instances })
  const screen = await show(app, platform)
  await screen.getByRole('button', { name: 'Run Sales forecast' }).click()
  const dialog = screen.getByRole('dialog', { name: 'No slot is left to run Sales forecast' })
  await expect.element(dialog.getByText('h2o instance suspend i-7')).toBeVisible()
  await dialog.getByRole('button', { name: 'Pause it and run' }).click()
  await expect.element(screen.getByText(/^Starting · \d+ s$/)).toBeVisible()
  expect(platform.instances.find(({ id }) => id === 'i-7')?.status).toBe('SUSPENDED')
  expect(platform.instances).toHaveLength(11)
})
