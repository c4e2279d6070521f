import { delay, http, HttpResponse } from 'msw'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import {
  appFixture,
  instanceFixture,
  people,
  problemFixture,
  secretMissing,
} from '../../../mocks/fixtures.ts'
import { MockPlatform } from '../../../mocks/platform.ts'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import type { App, Instance, Person } from '../../api/generated/types.gen.ts'
import { usePageCommands } from '../../features/palette/page-commands.ts'
import { openPalette } from './palette-state.ts'
import { PaletteGate } from './PaletteGate.tsx'

const sales = appFixture()
const beds = appFixture({
  id: 'app-2',
  name: 'bed-planner',
  title: 'Bed planner',
  category: 'Other',
})

function Offering() {
  usePageCommands(offered)
  return null
}

const offered = [
  { id: 'compare', label: 'Compare versions', icon: 'sort' as const, act: () => said.push('done') },
]
const said: string[] = []

type Options = { apps?: App[]; instances?: Instance[]; person?: Person | null; offering?: boolean }

async function open(options: Options = {}) {
  const { apps = [sales, beds], instances = [], person = people.user, offering = false } = options
  const platform = new MockPlatform({ apps, instances, person })
  const screen = await renderApp(
    <main>
      <h1 tabIndex={-1}>A page</h1>
      <button type="button">Before</button>
      <input aria-label="A field" />
      {offering && <Offering />}
      <PaletteGate />
    </main>,
    { platform },
  )
  // The keys are listened for once the page is there.
  await expect.element(screen.getByRole('heading', { name: 'A page' })).toBeInTheDocument()
  return screen
}

type Screen = Awaited<ReturnType<typeof open>>

async function summon(screen: Screen, text = '') {
  await userEvent.keyboard('{Control>}k{/Control}')
  const field = screen.getByRole('combobox')
  await expect.element(field).toHaveFocus()
  if (text !== '') await userEvent.keyboard(text)
  return field
}

function option(screen: Screen, name: string | RegExp) {
  return screen.getByRole('option', { name })
}

/** What the field says is chosen. */
function chosen(): string {
  const id = document.querySelector('[role=combobox]')?.getAttribute('aria-activedescendant')
  return document.getElementById(id ?? '')?.querySelector('b')?.textContent ?? ''
}

afterEach(() => {
  openPalette('nothing')
  vi.restoreAllMocks()
})

describe('opening and closing', () => {
  test('Ctrl-K opens it, Escape closes it, and the focus is where it was', async () => {
    const screen = await open()
    screen.getByRole('button', { name: 'Before' }).element().focus()
    await summon(screen)
    await userEvent.keyboard('{Escape}')
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
    await expect.element(screen.getByRole('button', { name: 'Before' })).toHaveFocus()
  })

  test('Ctrl-K works while somebody types, and closes it again', async () => {
    const screen = await open()
    await screen.getByLabelText('A field').click()
    await summon(screen)
    await userEvent.keyboard('{Control>}k{/Control}')
    await expect.element(screen.getByLabelText('A field')).toHaveFocus()
  })

  test('single keys do nothing in a field, and nothing when they are switched off', async () => {
    const screen = await open()
    await screen.getByLabelText('A field').click()
    await userEvent.keyboard('?/')
    await expect.element(screen.getByLabelText('A field')).toHaveValue('?/')
    screen.getByRole('button', { name: 'Before' }).element().focus()
    await userEvent.keyboard('?')
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect.element(dialog.getByRole('button', { name: 'Close' })).toHaveFocus()
    await dialog.getByRole('checkbox').click()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await userEvent.keyboard('?')
    await summon(screen)
    await expect.element(screen.getByRole('dialog')).toHaveAccessibleName('Command palette')
  })

  test('it leaves other dialogs alone', async () => {
    const screen = await open()
    const other = document.createElement('dialog')
    document.body.append(other)
    other.showModal()
    await userEvent.keyboard('{Control>}k{/Control}?')
    other.remove()
    await summon(screen)
    await expect.element(screen.getByRole('dialog')).toHaveAccessibleName('Command palette')
  })

  test('a slash leads to the catalog from wherever one is', async () => {
    const screen = await open()
    screen.getByRole('button', { name: 'Before' }).element().focus()
    await userEvent.keyboard('/')
    await expect.poll(() => screen.router.state.location.state).toEqual({ toSearch: true })
  })
})

describe('finding', () => {
  test('an app is found by part of its name, and Enter goes there', async () => {
    const screen = await open()
    await summon(screen, 'plan')
    await expect.element(option(screen, /^Bed planner/)).toHaveAttribute('aria-selected', 'true')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => screen.router.state.location.pathname).toBe('/apps/app-2')
  })

  test('who presses Enter before the answer is there goes to the first result', async () => {
    worker.use(
      http.get('*/api/v1/apps', async () => {
        await delay(150)
      }),
    )
    const screen = await open()
    await summon(screen, 'bed planner{Enter}')
    await expect.poll(() => screen.router.state.location.pathname).toBe('/apps/app-2')
  })

  test('Ctrl-Enter opens a page in a new tab', async () => {
    const tab = vi.spyOn(window, 'open').mockReturnValue(null)
    const screen = await open()
    await summon(screen, 'my inst')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(tab).toHaveBeenCalledWith('/instances', '_blank', 'noopener')
    expect(screen.router.state.location.pathname).toBe('/')
  })

  test('arrows, Home, End and the page keys go through the list', async () => {
    const screen = await open()
    await summon(screen)
    await expect.element(option(screen, /^Sign out/)).toBeVisible()
    expect(chosen()).toBe('Catalog')
    await userEvent.keyboard('{ArrowDown}')
    expect(chosen()).toBe('My instances')
    await userEvent.keyboard('{End}')
    expect(chosen()).toBe('Sign out')
    await userEvent.keyboard('{ArrowDown}')
    expect(chosen()).toBe('Catalog')
    await userEvent.keyboard('{ArrowUp}{Home}')
    expect(chosen()).toBe('Catalog')
    await userEvent.keyboard('{PageDown}{PageDown}')
    expect(chosen()).toBe('Sign out')
    await userEvent.keyboard('{PageUp}{PageUp}')
    expect(chosen()).toBe('Catalog')
  })

  test('the chosen row keeps its place when apps arrive', async () => {
    worker.use(
      http.get('*/api/v1/apps', async () => {
        await delay(120)
      }),
    )
    const instances = [instanceFixture()]
    const screen = await open({ instances })
    await expect.poll(() => screen.platform.ownInstances()).toHaveLength(1)
    await summon(screen, 'sales')
    await expect.element(option(screen, /^Pause Sales/)).toBeVisible()
    await userEvent.keyboard('{ArrowDown}')
    const before = chosen()
    const top = document.querySelector('[aria-selected=true]')?.getBoundingClientRect().top
    await expect.element(option(screen, /^Sales forecast/)).toBeVisible()
    expect(chosen()).toBe(before)
    expect(document.querySelector('[aria-selected=true]')?.getBoundingClientRect().top).toBe(top)
  })

  test('says how many there are, and when there is nothing', async () => {
    const screen = await open()
    const field = await summon(screen, 'plan')
    await expect.element(screen.getByRole('status')).toHaveTextContent('2 results')
    await userEvent.clear(field)
    await userEvent.keyboard('qqzzxx')
    await expect.element(screen.getByText('Nothing found for “qqzzxx”')).toBeVisible()
    await expect.element(screen.getByRole('status')).toHaveTextContent('No results')
  })

  test('a search that fails says so, and can be tried again', async () => {
    let fails = true
    worker.use(
      http.get('*/api/v1/apps', () =>
        fails
          ? HttpResponse.json(problemFixture({ status: 400, title: 'That is too much.' }), {
              status: 400,
            })
          : undefined,
      ),
    )
    const screen = await open()
    await summon(screen, 'plan')
    await expect.element(screen.getByRole('alert')).toMatchTextContent(/That is too much\./)
    fails = false
    await screen.getByRole('button', { name: 'Try again' }).click()
    await expect.element(option(screen, /^Bed planner/)).toBeVisible()
    await expect.element(screen.getByRole('combobox')).toHaveFocus()
  })

  test('what was chosen last comes first, for this person alone', async () => {
    const screen = await open()
    await summon(screen, 'plan')
    await expect.element(option(screen, /^Bed planner/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    expect(localStorage.getItem('wavedeck-recent:author')).toBeNull()
    expect(JSON.parse(localStorage.getItem('wavedeck-recent:user') ?? '')).toEqual(['app:app-2'])
    await screen.router.navigate('/')
    await summon(screen)
    const recent = screen.getByRole('group', { name: 'Recent' })
    await expect.element(recent.getByRole('option', { name: /^Bed planner/ })).toBeVisible()
  })

  test('an app that is gone is not among the recent ones', async () => {
    localStorage.setItem('wavedeck-recent:user', '["app:gone","theme:dark"]')
    const screen = await open()
    await summon(screen)
    const recent = screen.getByRole('group', { name: 'Recent' })
    await expect.element(recent).toMatchTextContent(/Dark theme/)
    await expect.poll(() => recent.getByRole('option').elements()).toHaveLength(1)
  })

  test('what the page offers comes first, and is done', async () => {
    const screen = await open({ offering: true })
    await summon(screen)
    const group = screen.getByRole('group', { name: 'On this page' })
    await expect.element(group.getByRole('option', { name: 'Compare versions' })).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument()
    expect(said).toEqual(['done'])
  })

  test('hostile words are shown as they are', async () => {
    const title = '<img src=x onerror=alert(1)> \u202Eevil'
    const screen = await open({ apps: [appFixture({ title })] })
    await summon(screen, 'img')
    await expect.element(option(screen, /^<img src=x/)).toBeVisible()
    expect(document.querySelector('dialog img')).toBeNull()
  })
})

describe('doing', () => {
  test('pausing asks as everywhere, and says what came of it', async () => {
    const screen = await open({ instances: [instanceFixture()] })
    screen.getByRole('button', { name: 'Before' }).element().focus()
    await summon(screen, 'pause sal')
    await expect.element(option(screen, /^Pause Sales/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    const dialog = screen.getByRole('dialog', { name: 'Pause Sales forecast?' })
    await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await userEvent.keyboard('{Tab}{Enter}')
    await expect.element(screen.getByText('Sales forecast is paused.')).toBeVisible()
    expect(screen.platform.instances[0]?.status).toBe('SUSPENDED')
    await expect.element(screen.getByRole('button', { name: 'Before' })).toHaveFocus()
  })

  test('running tells how it goes on', async () => {
    const screen = await open()
    await summon(screen, 'run sales')
    await expect.element(option(screen, /^Run Sales/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('Sales forecast is starting.')).toBeVisible()
    const id = screen.platform.instances[0]?.id ?? ''
    screen.platform.update(id, { status: 'DEPLOYED' })
    await expect.element(screen.getByText('Sales forecast is running.')).toBeVisible()
    await expect.element(screen.getByRole('button', { name: 'Visit' })).toBeVisible()
  })

  test('what can’t be done now says why, and does nothing', async () => {
    const app = appFixture({
      preconditions: secretMissing('It needs a secret.'),
    })
    const screen = await open({ apps: [app] })
    await summon(screen, 'run sales')
    const run = option(screen, /^Run Sales forecast It needs a secret\./)
    await expect.element(run).toHaveAttribute('aria-disabled', 'true')
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('combobox')).toBeVisible()
    expect(screen.platform.instances).toHaveLength(0)
  })

  test('a visitor hears why they can’t import', async () => {
    const screen = await open({ person: people.visitor })
    await summon(screen, 'upload')
    const words = /Import a bundle Importing apps needs full access/
    await expect.element(option(screen, words)).toHaveAttribute('aria-disabled', 'true')
  })

  test('a failure stays until it is dismissed, and can be tried again', async () => {
    let fails = true
    worker.use(
      http.post('*/api/v1/instances/:id/resume', () =>
        fails
          ? HttpResponse.json(problemFixture({ title: 'The store is full.' }), { status: 500 })
          : undefined,
      ),
    )
    const screen = await open({ instances: [instanceFixture({ status: 'SUSPENDED' })] })
    await summon(screen, 'resume')
    await expect.element(option(screen, /^Resume Sales/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByRole('alert')).toMatchTextContent(/The store is full\./)
    fails = false
    await screen.getByRole('button', { name: 'Try again' }).click()
    await expect.element(screen.getByText('Sales forecast is starting.')).toBeVisible()
  })

  test('the dark theme is remembered', async () => {
    const screen = await open()
    await summon(screen, 'night')
    await expect.element(option(screen, 'Dark theme')).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark')
    expect(localStorage.getItem('wavedeck-theme')).toBe('dark')
    await summon(screen, 'light theme{Enter}')
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('light')
  })

  test('signing out says so', async () => {
    const screen = await open()
    await summon(screen, 'sign out')
    await expect.element(option(screen, /^Sign out/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(screen.getByText('You are signed out.')).toBeVisible()
    expect(screen.platform.person).toBeNull()
  })
})

test('keys of an input method choose nothing', async () => {
  const screen = await open()
  const field = (await summon(screen, 'my inst')).element()
  await expect.element(option(screen, 'My instances')).toBeVisible()
  field.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }),
  )
  await expect.element(screen.getByRole('combobox')).toBeVisible()
  expect(screen.router.state.location.pathname).toBe('/')
})
