import { expect, test } from 'vitest'
import { appFixture, instanceFixture, meFixture, people } from '../../../mocks/fixtures.ts'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { actorFrom } from '../../api/session.ts'
import { appLines, instanceLines, tagLines } from './command-lines.ts'

const as = (person: Parameters<typeof meFixture>[0]) => actorFrom(meFixture(person))
const app = appFixture()
const typed = (lines: readonly { command: string }[]) => lines.map(({ command }) => command)

test('its owner is shown everything, and a user what a user may do', () => {
  expect(typed(appLines(as(people.author), app, undefined))).toEqual([
    'h2o app get app-1',
    'h2o app run app-1 -v PRIVATE',
    'h2o app download app-1',
    'h2o app update app-1 -v PRIVATE',
    'h2o app delete app-1',
  ])
  expect(typed(appLines(as(people.user), app, undefined))).toEqual([
    'h2o app get app-1',
    'h2o app run app-1 -v PRIVATE',
  ])
  const admin = typed(appLines(as(people.admin), app, undefined))
  expect(admin).toContain('h2o app delete app-1')
  expect(admin).not.toContain('h2o app download app-1')
  expect(typed(appLines(as(null), appFixture({ visibility: 'PUBLIC' }), undefined))).toEqual([
    'h2o app get app-1',
  ])
})

test('a managed app is run for those who see it, and a link not at all', () => {
  const managed = appFixture({ lifecycle: 'MANAGED' })
  expect(typed(appLines(as(people.author), managed, undefined))).toContain(
    'h2o app run app-1 -v ALL_USERS',
  )
  expect(typed(appLines(as(people.user), managed, undefined))).toEqual(['h2o app get app-1'])
  const link = appFixture({ lifecycle: 'LINK', link: 'https://example.com/' })
  expect(typed(appLines(as(people.author), link, undefined)).join(' ')).not.toContain(' run ')
})

test('an instance is paused, opened and ended by its owner; its log is not for visitors', () => {
  expect(typed(instanceLines(as(people.user), instanceFixture()))).toEqual([
    'h2o instance status instance-1',
    'h2o instance logs instance-1 -f',
    'h2o instance update instance-1 -v ALL_USERS',
    'h2o instance suspend instance-1',
    'h2o instance terminate instance-1',
  ])
  const own = instanceFixture({ owner: people.visitor, status: 'SUSPENDED' })
  expect(typed(instanceLines(as(people.visitor), own))).toEqual([
    'h2o instance update instance-1 -v ALL_USERS',
    'h2o instance resume instance-1',
    'h2o instance terminate instance-1',
  ])
})

test('tags are taken off and put on by those whose tags they are', () => {
  const tag = (id: string, adminRoles: string[]): TagDetail => ({
    id,
    name: id,
    title: id,
    color: '#225577',
    description: '',
    isCategory: false,
    adminRoles,
    visitorRoles: [],
    appCount: 0,
    versionCount: 0,
    etag: '"1"',
  })
  const tagged = appFixture({ tags: [tag('on', [])] })
  expect(
    typed(tagLines(as(people.user), tagged, [tag('on', []), tag('off', []), tag('no', ['x'])])),
  ).toEqual(['h2o tag remove on app-1', 'h2o tag assign off app-1'])
})
