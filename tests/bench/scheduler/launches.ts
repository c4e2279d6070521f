import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { askHost, visit } from '../../support/visit.ts'
import { wheel } from '../../support/wheel.ts'
import { apps } from './apps.ts'
import type { BenchPlatform } from './bench-platform.ts'
import { quantile } from './requests.ts'

const server = apps.serving.files['server.py']

/** From the request to run it until the API says DEPLOYED, in milliseconds. */
async function launch(
  platform: BenchPlatform,
  app: Awaited<ReturnType<BenchPlatform['import']>>,
): Promise<{ id: string; ms: number }> {
  const since = performance.now()
  const id = await platform.run(app)
  while ((await platform.read(id)).status !== 'DEPLOYED') await sleep(10)
  return { id, ms: performance.now() - since }
}

/** Launches of one app after the other: the first installs its requirements, the others find them. */
export async function benchLaunches(
  platform: BenchPlatform,
  count: number,
): Promise<{ first: number; p50: number; p95: number }> {
  const app = await platform.import({
    name: 'with-requirements',
    files: {
      'requirements.txt': './whl/tiny-1.0.0-py3-none-any.whl\n',
      'whl/tiny-1.0.0-py3-none-any.whl': await wheel('tiny', '1.0.0', 'answer = 42\n'),
      'server.py': `import tiny\n${server}`,
    },
  })
  const times: number[] = []
  for (let n = 0; n <= count; n += 1) {
    const { id, ms } = await launch(platform, app)
    times.push(ms)
    await platform.person.delete(`/instances/${id}`)
  }
  const [first = Number.NaN, ...cached] = times
  return { first, p50: quantile(cached, 0.5), p95: quantile(cached, 0.95) }
}

export type Many = {
  readonly count: number
  readonly startedInMs: number
  readonly calm: readonly number[]
  readonly used: readonly number[]
  /** Shares of one processor, and bytes. */
  readonly calmCpu: number
  readonly memory: number
}

/** So many apps at once; what the API takes meanwhile, with nobody and with somebody at each of them. */
export async function benchMany(platform: BenchPlatform, count: number): Promise<Many> {
  const app = await platform.import({ name: 'one-of-many', ...apps.serving })
  const since = performance.now()
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await platform.run(app))
  await Promise.all(ids.map((id) => platform.reaches(id, 'DEPLOYED', 300_000)))
  const startedInMs = performance.now() - since

  const before = await platform.measure()
  const at = performance.now()
  await sleep(5_000)
  const after = await platform.measure()
  const calmCpu = (after.cpu - before.cpu) / 1000 / (performance.now() - at)
  const calm = await askApi(platform, app.id, ids)

  const visits = await Promise.all(ids.map((id) => visit(platform.person, id)))
  let isOver = false
  const visitors = visits.map(async ({ url, cookie }) => {
    while (!isOver) {
      await askHost(url, cookie)
      await sleep(1_000)
    }
  })
  const used = await askApi(platform, app.id, ids)
  isOver = true
  await Promise.all(visitors)
  const { memory } = await platform.measure()
  await Promise.all(ids.map((id) => platform.person.delete(`/instances/${id}`)))
  return { count, startedInMs, calm, used, calmCpu, memory }
}

/** What an open catalog asks, four at a time. */
async function askApi(
  platform: BenchPlatform,
  appId: string,
  ids: readonly string[],
): Promise<number[]> {
  const times: number[] = []
  const paths = ids.flatMap((id) => [
    '/instances?pageSize=50',
    `/instances/${id}`,
    `/instances/${id}/events`,
    '/apps?pageSize=60',
    `/apps/${appId}`,
    '/me',
  ])
  let next = 0
  const caller = async () => {
    for (let path = paths[next]; path !== undefined; path = paths[next]) {
      next += 1
      const since = performance.now()
      await (await platform.person.get(path)).arrayBuffer()
      times.push(performance.now() - since)
    }
  }
  await Promise.all([caller(), caller(), caller(), caller()])
  return times
}
