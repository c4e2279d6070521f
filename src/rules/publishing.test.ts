import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audienceChange, newestPublished, publishSteps, undoSteps } from './publishing.ts'

const visibilities = ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const
const tags = [
  { visitorRoles: ['sales', 'field'] },
  { visitorRoles: ['sales'] },
  { visitorRoles: [] },
]

test('a change of visibility says who gains and who loses sight of an app', () => {
  expect(audienceChange('PRIVATE', 'ALL_USERS', { tags: [] })).toEqual({
    gain: ['Everybody with full access'],
    lose: [],
  })
  expect(audienceChange('PUBLIC', 'PRIVATE', { tags })).toEqual({
    gain: [],
    lose: [
      'Everybody with full access',
      'Visitors with the role field or sales',
      'All other visitors',
      'People who haven’t signed in',
    ],
  })
  expect(audienceChange('ALL_USERS', 'PUBLIC', { tags: [] }).gain).toEqual([
    'All visitors',
    'People who haven’t signed in',
  ])
})

test('who gains one way loses the other, and nobody does where nothing changes', () => {
  const visibility = fc.constantFrom(...visibilities)
  fc.assert(
    fc.property(visibility, visibility, (from, to) => {
      const there = audienceChange(from, to, { tags })
      const back = audienceChange(to, from, { tags })
      expect(there.gain).toEqual(back.lose)
      expect(there.lose).toEqual(back.gain)
      if (from === to) expect([...there.gain, ...there.lose]).toEqual([])
    }),
  )
})

const version = (id: string, visibility: (typeof visibilities)[number], owner = 'author') => ({
  id,
  version: `1.${id}.0`,
  visibility,
  owner: { id: owner },
})

test('the new version comes before the old ones go, and other people’s stay', () => {
  const versions = [
    version('3', 'PRIVATE'),
    version('2', 'ALL_USERS'),
    version('1', 'PUBLIC'),
    version('0', 'ALL_USERS', 'somebody'),
  ]
  expect(publishSteps(versions, '3').map(({ appId, to }) => `${appId} ${to}`)).toEqual([
    '3 ALL_USERS',
    '2 PRIVATE',
    '1 PRIVATE',
  ])
  expect(publishSteps(versions, 'nowhere')).toEqual([])
  expect(publishSteps([version('3', 'ALL_USERS')], '3')).toEqual([])
})

test('at every moment of publishing and taking it back something is published, and nothing else changed', () => {
  const world = fc.array(fc.constantFrom(...visibilities), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(world, fc.nat(5), (all, at) => {
      const versions = all.map((visibility, index) => version(String(index), visibility))
      const target = String(at % versions.length)
      const steps = publishSteps(versions, target)
      const state = new Map(versions.map(({ id, visibility }) => [id, visibility]))
      const before = [...state]
      const somethingWas = before.some(([, visibility]) => visibility !== 'PRIVATE')
      for (const [index, { appId, from, to }] of [...steps, ...undoSteps(steps)].entries()) {
        expect(state.get(appId)).toBe(from)
        state.set(appId, to)
        const isPublished = [...state.values()].some((visibility) => visibility !== 'PRIVATE')
        if (somethingWas || index < steps.length) expect(isPublished).toBe(true)
        if (index === steps.length - 1) expect(state.get(target)).not.toBe('PRIVATE')
      }
      expect([...state]).toEqual(before)
    }),
  )
})

test('the newest published is the highest by SemVer that others see', () => {
  const versions = [version('9', 'ALL_USERS'), version('10', 'PUBLIC'), version('11', 'PRIVATE')]
  expect(newestPublished(versions)?.id).toBe('10')
  expect(newestPublished([version('1', 'PRIVATE')])).toBeUndefined()
})
