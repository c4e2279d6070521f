import { expect, test } from 'vitest'
import { failureReason, launchPhase } from './instance-words.ts'

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
