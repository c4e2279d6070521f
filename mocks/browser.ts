import { catalogApps, catalogInstances, sampleLog } from './catalog.ts'
import { people, tagDetailFixture } from './fixtures.ts'
import { platformHandlers } from './handlers.ts'
import { MockPlatform } from './platform.ts'
import { unhandledCall, worker } from './worker.ts'

const personKey = 'wavedeck-mock-person'

/** The catalog without a platform: `npm run dev:mock`. What is done lasts until the page is reloaded. */
export async function startMocks(): Promise<void> {
  const apps = catalogApps()
  const remembered = sessionStorage.getItem(personKey) ?? people.user.id
  const platform = new MockPlatform({
    apps,
    instances: catalogInstances(apps),
    tags: [...new Map(apps.flatMap(({ tags }) => tags.map((tag) => [tag.id, tag]))).values()].map(
      (tag) => tagDetailFixture(tag),
    ),
    person: Object.values(people).find(({ id }) => id === remembered) ?? null,
    starts: 'timed',
  })
  for (const { id, status } of platform.instances) {
    platform.logs.set(id, sampleLog())
    if (status === 'PENDING') platform.resume(id)
  }
  setInterval(() => {
    sessionStorage.setItem(personKey, platform.person?.id ?? '')
    platform.write('i-sales', `${new Date().toISOString()} INFO  still here\n`)
  }, 2000)
  worker.use(...platformHandlers(platform))
  await worker.start({
    quiet: true,
    onUnhandledFrame: ({ frame, defaults }) => {
      if (unhandledCall(frame) !== undefined) defaults.error()
    },
  })
}
