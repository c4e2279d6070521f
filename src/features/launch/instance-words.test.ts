import { expect, test } from 'vitest'
import { instanceFixture, runtimeStatusFixture } from '../../../mocks/fixtures.ts'
import { failureReason, failureRemedy, isOverdue, launchPhase } from './instance-words.ts'

const status = {
  state: 'ContainerCreating',
  reason: null,
  message: null,
  exitCode: null,
  restartCount: 0,
  lastFailure: null,
  usage: null,
}

test('a phase the catalog knows is said in its own words', () => {
  expect(launchPhase({ ...status, reason: 'InstallingRequirements', message: 'x' })).toBe(
    'installing requirements',
  )
})

test('another phase is said in the platform’s words', () => {
  expect(launchPhase({ ...status, reason: 'PullingImage', message: 'Pulling the image…' })).toBe(
    'pulling the image',
  )
})

test('a platform that says nothing gets no phase put in its mouth', () => {
  expect(launchPhase(status)).toBeNull()
})

test('a failure says the message, else the exit code, else that nobody knows', () => {
  expect(failureReason({ ...status, message: 'Out of memory.', exitCode: 137 })).toBe(
    'Out of memory.',
  )
  expect(failureReason({ ...status, exitCode: 3 })).toBe('It ended by itself with exit code 3.')
  expect(failureReason(status)).toBe('It stopped, and the platform doesn’t say why.')
})

test('a crash in between says that it is tried again', () => {
  expect(launchPhase({ ...status, state: 'OOMKilled' })).toBe('out of memory, trying again')
  expect(launchPhase({ ...status, state: 'CrashLoopBackOff' })).toBe('crashed, trying again')
})

test('what to do follows the reason; where nobody knows, the log does', () => {
  expect(failureRemedy({ ...status, reason: 'OOMKilled' })).toContain('larger profile')
  expect(failureRemedy({ ...status, reason: 'Error' })).toContain('log')
})

test('a start is overdue once its limit has passed, and not while it waits for its turn', () => {
  const updatedAt = '2026-11-12T09:00:00Z'
  const at = (seconds: number) => Date.parse(updatedAt) + seconds * 1000
  const start = instanceFixture({ status: 'PENDING', updatedAt })
  expect(isOverdue(start, 300, at(290))).toBe(false)
  expect(isOverdue(start, 300, at(320))).toBe(true)
  const waiting = { ...start, runtimeStatus: runtimeStatusFixture({ reason: 'Queued' }) }
  expect(isOverdue(waiting, 300, at(320))).toBe(false)
  expect(isOverdue({ ...start, status: 'DEPLOYED' }, 300, at(320))).toBe(false)
})
