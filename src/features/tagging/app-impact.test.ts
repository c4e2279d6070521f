import { expect, test } from 'vitest'
import { appFixture, tagFixture } from '../../../mocks/fixtures.ts'
import { appImpact } from './app-impact.ts'

const north = tagFixture({ id: 'n', visitorRoles: ['north'] })
const all = tagFixture({ id: 'a', visitorRoles: ['north', 'south'] })
const badge = tagFixture({ id: 'b' })

test('what another tag opens too is neither gained nor lost', () => {
  const { gained, lost, apps } = appImpact(appFixture(), [north], [north, all])
  expect([gained, lost]).toEqual([1, 0])
  expect(apps[0]?.gained).toEqual(['south'])
  expect(appImpact(appFixture(), [north, badge], [north]).totalSize).toBe(0)
})

test('an app that no visitor reaches any more is warned of', () => {
  const { lost, closed, warnings } = appImpact(appFixture(), [all], [badge])
  expect([lost, closed]).toEqual([2, 1])
  expect(warnings.map(({ code }) => code)).toEqual(['apps-closed'])
})

test('a private app changes for nobody before it is published, a public one never', () => {
  const hidden = appImpact(appFixture({ visibility: 'PRIVATE' }), [], [north])
  expect([hidden.totalSize, hidden.privateCount]).toEqual([0, 1])
  const open = appImpact(appFixture({ visibility: 'PUBLIC' }), [north], [])
  expect([open.totalSize, open.privateCount]).toEqual([0, 0])
})
