import { expect, test } from 'vitest'
import { appFixture } from '../../../mocks/fixtures.ts'
import { findApps, ownApps, titleOf } from './own-apps.ts'

const version = (name: string, number: string, visibility: 'PRIVATE' | 'ALL_USERS', title = name) =>
  appFixture({ id: `${name}-${number}`, name, version: number, visibility, title })

const apps = ownApps([
  version('sales', '1.9.0', 'ALL_USERS', 'Sales'),
  version('sales', '1.10.0', 'PRIVATE', 'Sales, new'),
  version('beds', '0.1.0', 'PRIVATE', 'Beds'),
])

test('versions stand under their name, the highest first, with what others see', () => {
  expect(apps.map(({ name }) => name)).toEqual(['beds', 'sales'])
  const sales = apps[1]
  expect(sales?.versions.map((each) => each.version)).toEqual(['1.10.0', '1.9.0'])
  expect(sales?.published?.version).toBe('1.9.0')
  expect(sales && titleOf(sales)).toBe('Sales')
  expect(apps[0]?.published).toBeUndefined()
})

test('an app is found by title, name and version, in any letter case', () => {
  expect(findApps(apps, ' NEW ').map(({ name }) => name)).toEqual(['sales'])
  expect(findApps(apps, '0.1').map(({ name }) => name)).toEqual(['beds'])
  expect(findApps(apps, '')).toHaveLength(2)
  expect(findApps(apps, 'nothing')).toEqual([])
})
