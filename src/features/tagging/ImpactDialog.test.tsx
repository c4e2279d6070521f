import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { renderApp } from '../../../mocks/render.tsx'
import { worker } from '../../../mocks/worker.ts'
import type { TagImpact } from '../../api/generated/types.gen.ts'
import { ImpactDialog } from './ImpactDialog.tsx'

/** 250 versions that lose a role, a hundred a page. */
function answer(token: string | null): TagImpact {
  const from = Number(token ?? 0)
  const apps = Array.from({ length: Math.min(100, 250 - from) }, (_, n) => ({
    id: `app-${from + n}`,
    name: `app-${from + n}`,
    version: '1.0.0',
    title: `App ${from + n}`,
    gained: [],
    lost: ['partners'],
    closed: false,
  }))
  return {
    apps,
    nextPageToken: from + 100 < 250 ? String(from + 100) : null,
    totalSize: 250,
    gained: 0,
    lost: 250,
    closed: 0,
    privateCount: 0,
    warnings: [],
  }
}

test('every version that somebody loses can be seen before it is confirmed, for what was seen first', async () => {
  worker.use(
    http.post('*/api/v1/tags/t-1/impact', ({ request }) => {
      const token = new URL(request.url).searchParams.get('pageToken')
      return HttpResponse.json(answer(token), { headers: { ETag: `"${token ?? 'first'}"` } })
    }),
  )
  const onConfirm = vi.fn<(etag: string | null) => void>()
  const screen = await renderApp(
    <ImpactDialog
      tagId="t-1"
      plan={{ visitorRoles: [] }}
      title="Save changes?"
      confirmLabel="Save"
      busy={false}
      error={null}
      commands={[]}
      onConfirm={onConfirm}
      onCancel={() => {}}
    />,
  )
  await expect.element(screen.getByText('0 gained, 250 lost')).toBeVisible()
  await expect.element(screen.getByText('App 99', { exact: true })).toBeInTheDocument()
  await screen.getByRole('button', { name: 'Show more of the 150 other versions' }).click()
  await screen.getByRole('button', { name: 'Show more of the 50 other versions' }).click()
  await expect.element(screen.getByText('App 249', { exact: true })).toBeInTheDocument()
  await expect.element(screen.getByRole('button', { name: /^Show more/ })).not.toBeInTheDocument()
  await expect.element(screen.getByRole('list', { name: 'Who gains and who loses' })).toHaveFocus()
  await screen.getByRole('button', { name: 'Save' }).click()
  expect(onConfirm.mock.calls).toEqual([['"first"']])
})
