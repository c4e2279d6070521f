import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { renderApp } from '../../../mocks/render.tsx'
import { ApiError } from '../../api/errors.ts'
import { ImportQueue } from '../../features/bundles/import-queue.ts'
import type { QueueItem, Transfer } from '../../features/bundles/queue-item.ts'
import { Refusal } from './Refusal.tsx'
import { TransferStatus } from './TransferStatus.tsx'

function itemWith(transfer: Transfer): QueueItem {
  return {
    id: 'b1',
    name: 'a.wave',
    isFolder: false,
    blob: null,
    stage: { kind: 'inspecting' },
    check: { kind: 'done' },
    iconUrl: null,
    fixes: [],
    changes: [],
    isChanging: false,
    changeError: null,
    packed: null,
    visibility: 'PRIVATE',
    transfer,
    arrived: null,
  }
}

const uploading = {
  kind: 'uploading',
  sent: 25_000_000,
  total: 100_000_000,
  bytesPerSecond: 5_000_000,
  state: 'moving',
  isResumable: true,
} as const

async function show(transfer: Transfer) {
  const queue = new ImportQueue('author', new QueryClient())
  const screen = await renderApp(<TransferStatus item={itemWith(transfer)} queue={queue} />)
  return { screen, queue }
}

test('an upload says how far it is, how fast, and how long it takes', async () => {
  const { screen, queue } = await show(uploading)
  await expect
    .element(screen.getByRole('progressbar', { name: 'Uploading a.wave' }))
    .toHaveAttribute('aria-valuenow', '25')
  await expect.element(screen.getByText('25 MB of 100 MB, 5 MB/s, 15 s left')).toBeVisible()
  const paused = vi.spyOn(queue, 'pause')
  await screen.getByRole('button', { name: 'Pause the upload of a.wave' }).click()
  expect(paused).toHaveBeenCalledWith('b1')
})

test('what is sent in one request can’t be paused, and begins anew', async () => {
  const { screen } = await show({ ...uploading, state: 'offline', isResumable: false })
  await expect.element(screen.getByText(/It is sent again when the platform answers/)).toBeVisible()
  await expect.element(screen.getByRole('button', { name: /^Cancel/ })).toBeVisible()
  await expect.element(screen.getByRole('button', { name: /^Pause/ })).not.toBeInTheDocument()
})

test.each([
  [{ ...uploading, state: 'paused' }, 'Upload paused'],
  [{ ...uploading, state: 'offline' }, 'No connection'],
  [{ kind: 'waiting' }, 'Waiting for its turn'],
  [{ kind: 'importing', isOffline: false }, 'The platform looks at it'],
] satisfies [Transfer, string][])('%o', async (transfer, heading) => {
  const { screen } = await show(transfer)
  await expect.element(screen.getByRole('heading', { name: heading })).toBeVisible()
})

test('what the platform refuses says what to do', async () => {
  const error = new ApiError({
    status: 409,
    code: 'app.version-exists',
    title: 'Jonas Weber imported a 1.0.0 already.',
    appId: 'taken',
  })
  const onTab = vi.fn<(tab: string) => void>()
  const screen = await renderApp(<Refusal error={error} isKept onTab={onTab} />)
  await expect.element(screen.getByText('Jonas Weber imported a 1.0.0 already.')).toBeVisible()
  await expect
    .element(screen.getByRole('link', { name: 'See the one that is there' }))
    .toHaveAttribute('href', '/apps/taken')
  await screen.getByRole('button', { name: 'Choose another version' }).click()
  expect(onTab).toHaveBeenCalledWith('changes')
})

test('a full disk is an admin’s to mend', async () => {
  const error = new ApiError({ status: 507, code: 'storage.full', title: 'The disk is full.' })
  const screen = await renderApp(<Refusal error={error} isKept onTab={() => undefined} />)
  await expect.element(screen.getByText(/An admin has to make room/)).toBeVisible()
})
