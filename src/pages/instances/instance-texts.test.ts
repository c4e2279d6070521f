import { expect, test } from 'vitest'
import {
  appFixture,
  environmentFixture,
  instanceEventFixture,
  instanceFixture,
  runtimeFixture,
} from '../../../mocks/fixtures.ts'
import { effectOf, progressWords } from './bulk-words.ts'
import { diagnosticOf } from './diagnostic.ts'
import { eventWords, launchSteps, stepTime } from './event-words.ts'
import { memoryWords, processorWords } from './usage-words.ts'

const mebibyte = 1024 ** 2

test('memory is said in the limit’s unit where both have the same, and each in its own else', () => {
  expect(memoryWords(212 * mebibyte, 500 * mebibyte)).toBe('212 of 500 MiB')
  expect(memoryWords(9.4 * mebibyte, 2048 * mebibyte)).toBe('9.4 MiB of 2 GiB')
  expect(memoryWords(0, 2048 * mebibyte)).toBe('0 B of 2 GiB')
  expect(processorWords(0.042)).toBe('4 %')
  expect(processorWords(1.52)).toBe('1.5 processors')
})

test('what happens to an instance names what is kept and what is lost', () => {
  const withVolume = appFixture({ runtime: runtimeFixture({ volumeMount: '/data' }) })
  const alias = { name: 'desk', url: 'http://desk.localhost/', primary: false }
  const instance = instanceFixture({ aliases: [alias], visibility: 'ALL_USERS' }, withVolume)
  expect(effectOf({ kind: 'pause' }, instance)).toBe(
    'keeps what is under /data and its log; what is in memory is lost. All users lose it meanwhile.',
  )
  expect(effectOf({ kind: 'pause' }, instanceFixture())).toContain('it has no volume')
  expect(effectOf({ kind: 'terminate' }, instance)).toBe(
    'lost for good: its volume with everything under /data; its log; “desk” will answer 404.',
  )
  expect(effectOf({ kind: 'share', to: 'PRIVATE' }, instance)).toBe('all users → only me')
})

test('progress counts what is done, what failed and what is left', () => {
  const item = { id: 'i', title: 'Desk', version: '1', visibility: 'PRIVATE', to: null } as const
  const items = (['done', 'done', 'failed', 'left'] as const).map((state) => ({
    ...item,
    state,
    words: null,
  }))
  const run = { userId: 'user', action: { kind: 'pause' }, isUndo: false, items } as const
  expect(progressWords({ ...run, phase: 'going' })).toBe('2 of 4 paused, 1 failed')
  expect(progressWords({ ...run, phase: 'stopped' })).toBe('2 of 4 paused, 1 failed, 1 left')
  expect(progressWords({ ...run, phase: 'over' })).toBe('2 paused, 1 failed')
})

test('the latest start is told step by step, with what each took', () => {
  const at = (second: number) => `2026-11-12T09:31:0${second}.000Z`
  const events = [
    instanceEventFixture({ id: '1', kind: 'REQUESTED', run: 1, at: at(0) }),
    instanceEventFixture({ id: '2', kind: 'RESUMED', run: 2, at: at(1) }),
    instanceEventFixture({ id: '3', kind: 'QUEUED', run: 2, at: at(2) }),
    instanceEventFixture({ id: '4', kind: 'ANSWERED', run: 2, at: at(5) }),
  ]
  const steps = launchSteps(events)
  expect(steps.map(({ event }) => eventWords(event))).toEqual(['Resumed', 'Answered: running'])
  expect(steps[1]?.sinceMs).toBe(4000)
  expect(stepTime(4000)).toBe('+4.0 s')
  expect(stepTime(64_000)).toBe('+1 min 4 s')
  const shared = instanceEventFixture({ kind: 'VISIBILITY_CHANGED', message: 'ALL_USERS' })
  expect(eventWords(shared)).toBe('Open to all users')
})

test('a diagnostic says what it is, how it is and how it came to that', () => {
  const failed = instanceFixture({ status: 'FAILED' })
  const text = diagnosticOf(
    failed,
    [instanceEventFixture({ kind: 'FAILED', reason: 'OOMKilled', exitCode: 137 })],
    environmentFixture(),
    new Date('2026-11-12T10:00:00Z'),
  )
  expect(text).toContain('Instance instance-1 of sales-forecast 1.1.0')
  expect(text).toContain('reason OOMKilled · exit code 137')
  expect(text).toContain('start limit 300 s')
  expect(text).toContain('run 1 · FAILED · OOMKilled · exit 137')
})
