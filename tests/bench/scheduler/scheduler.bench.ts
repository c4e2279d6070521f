// The scheduler and the gateway put to the test: npm run bench:scheduler -- [--only faults,gateway,launches,many]
// [--share 0.1] [--write]. --write puts what was measured into docs/scheduler-figures.md.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, getPriority, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { BenchPlatform } from './bench-platform.ts'
import { startSeconds } from './fault-checks.ts'
import { scenarios } from './faults.ts'
import { benchGateway } from './gateway.ts'
import { benchLaunches, benchMany } from './launches.ts'
import { processesNaming, zombiesOf } from './left-behind.ts'
import { table } from './report.ts'
import { quantile } from './requests.ts'

const parts = ['faults', 'gateway', 'launches', 'many'] as const
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: parts.join(',') },
    share: { type: 'string', default: '1' },
    scenario: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const share = Number(values.share)
const wanted = new Set(values.only.split(','))
const sections: string[] = []
const machine = () => {
  const before = `${cpus().length} processors, load before it began ${loadavg()[0]?.toFixed(1) ?? ''}`
  return getPriority() === 0 ? before : `${before}, run at nice ${getPriority()}`
}

async function withPlatform(
  limits: ConstructorParameters<typeof BenchPlatform>[1],
  work: (platform: BenchPlatform) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'wavedeck-bench-'))
  const platform = new BenchPlatform(dataDir, limits)
  try {
    await platform.start()
    await work(platform)
  } finally {
    await platform.end('SIGTERM')
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

const isSame = (a: string, b: string) => a.split('\n')[0] === b.split('\n')[0]

function add(title: string, text: string): void {
  sections.push(`## ${title}\n\n${text}\n`)
  console.log(`\n${title}\n${text}`)
}

async function faults(): Promise<void> {
  const load = machine()
  await withPlatform({ startSeconds }, async (platform) => {
    const rows: string[][] = []
    let total = 0
    let wrong = 0
    const chosen = scenarios.filter(({ name }) => name.includes(values.scenario))
    for (const scenario of chosen) {
      const { name, launches } = scenario
      const outcomes = await scenario.run(platform, Math.max(1, Math.ceil(launches * share)))
      const times = outcomes.flatMap(({ wrongForMs }) => wrongForMs ?? [])
      const problems = outcomes.flatMap((outcome) => outcome.problems)
      total += outcomes.length
      wrong += outcomes.filter((outcome) => outcome.problems.length > 0).length
      const longest = times.length === 0 ? '–' : Math.max(...times).toFixed(0)
      const usual = times.length === 0 ? '–' : quantile(times, 0.5).toFixed(0)
      rows.push([name, String(outcomes.length), usual, longest, String(problems.length)])
      console.log(rows.at(-1)?.join(' · '))
      for (const problem of problems) console.log(`  ${problem}`)
    }
    const orphans = processesNaming(platform.dataDir).filter(({ isZombie }) => !isZombie)
    const zombies = zombiesOf([process.pid, ...orphans.map(({ pid }) => pid)])
    const head = ['fault', 'launches', 'status wrong for, p50, ms', 'longest, ms', 'faults found']
    add(
      'Faults',
      `${load}; apps ${platform.confinement === 'none' ? 'not confined' : `confined by ${platform.confinement}`}. Target: status right within 2,000 ms, nothing left running, listening or on the disk, every line that the system took from an app in its log.\n\n${table(head, rows)}\n\n${total} launches, ${wrong} with a fault; processes left at the end: ${orphans.length}, zombies: ${zombies}.`,
    )
    if (wrong > 0 || orphans.length > 0) process.exitCode = 1
  })
}

async function gateway(): Promise<void> {
  const load = machine()
  await withPlatform({}, async (platform) => {
    const size = {
      rounds: Math.max(2, Math.round(10 * share)),
      bytes: Math.round(1024 * share) * 1024 ** 2,
    }
    const rows = await benchGateway(platform, size)
    const cells = rows.map(({ what, direct, gateway: through, result, target }) => {
      return [what, direct, through, result, target]
    })
    add(
      'Gateway',
      `${load}; the same app asked directly and through the gateway in turns; client, platform and app share the processors. An app that does nothing shows what the gateway takes of a processor for each request; what is carried in one piece is copied twice as often on the way.\n\n${table(['what', 'direct', 'gateway', 'result', 'target'], cells)}`,
    )
  })
}

async function launches(): Promise<void> {
  const load = machine()
  await withPlatform({}, async (platform) => {
    const count = Math.max(5, Math.round(30 * share))
    const { first, p50, p95 } = await benchLaunches(platform, count)
    add(
      'Launches',
      `${load}; an app with one requirement, launched ${count} times after the first, from the request until the API says DEPLOYED.\n\n${table(
        ['launch', 'ms', 'target'],
        [
          ['the first, which installs', first.toFixed(0), ''],
          ['cached, p50', p50.toFixed(0), '≤ 1,000'],
          ['cached, p95', p95.toFixed(0), ''],
        ],
      )}`,
    )
  })
}

async function many(): Promise<void> {
  const load = machine()
  await withPlatform({}, async (platform) => {
    const count = Math.max(5, Math.round(50 * share))
    const found = await benchMany(platform, count)
    const row = (what: string, times: readonly number[]) => [
      what,
      quantile(times, 0.5).toFixed(1),
      quantile(times, 0.95).toFixed(1),
      '≤ 100',
    ]
    add(
      `${count} apps at once`,
      `${load}; all of them running ${(found.startedInMs / 1000).toFixed(1)} s after the first request. The platform then takes ${(found.calmCpu * 100).toFixed(0)} % of one processor and ${(found.memory / 1024 ** 2).toFixed(0)} MB. Lists, instances, timelines and apps, asked by four callers at once.\n\n${table(
        ['the API', 'p50, ms', 'p95, ms', 'target of p95'],
        [
          row('while the apps are idle', found.calm),
          row('while each is asked once a second through the gateway', found.used),
        ],
      )}`,
    )
  })
}

for (const [name, run] of Object.entries({ faults, gateway, launches, many })) {
  if (wanted.has(name)) await run()
}
if (values.write) {
  const file = path.resolve(import.meta.dirname, '../../../docs/scheduler-figures.md')
  const intro =
    'Written by `npm run bench:scheduler -- --write`. Everything is real: processes, kills, disks and sockets of one machine that was doing other work as well; absolute numbers are that machine’s, ratios are of one run.'
  const before = await readFile(file, 'utf8').catch(() => '')
  const kept = before
    .split(/^(?=## )/m)
    .filter((text) => text.startsWith('## ') && !sections.some((one) => isSame(one, text)))
  const all = [...kept.map((text) => `${text.trimEnd()}\n`), ...sections].toSorted((a, b) =>
    a < b ? -1 : 1,
  )
  await writeFile(file, `# Scheduler and gateway in figures\n\n${intro}\n\n${all.join('\n')}`)
}
