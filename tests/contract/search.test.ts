import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppList, SearchMatch, Tag } from '../../src/api/generated/types.gen.ts'
import { zApp, zAppList } from '../../src/api/generated/zod.gen.ts'
import { appBundle } from '../support/bundles.ts'
import {
  type Caller,
  problemOf,
  startTestPlatform,
  type TestPlatform,
} from '../support/test-platform.ts'

let platform: TestPlatform
let author: Caller
let other: Caller
let user: Caller
let visitor: Caller
let admin: Caller
const ids = new Map<string, string>()

beforeAll(async () => {
  platform = await startTestPlatform()
  ;[author, other, user, visitor, admin] = await Promise.all([
    platform.as('author'),
    platform.as('author-2'),
    platform.as('user'),
    platform.as('visitor'),
    platform.as('admin'),
  ])
  await add(author, 'sales-forecast', 'Forecast', 'Sales', 'Weekly numbers for each store.')
  await add(author, 'forecast-engine', 'Planning desk', 'Sales', 'Plans ahead.')
  await add(other, 'demand', 'Demand', 'Retail', 'Reads the forecast of others.')
  await add(other, 'warehouse', 'Müller’s warehouse', 'Other', 'Keeps stock.', ['forecasting'])
  await add(other, 'logistics', 'Delivery rounds', 'Other', 'Drives around.')
  await add(author, 'uebersicht', '売上予測', 'Other', 'Words without spaces.')
  await add(author, 'concealed', 'Zanzibar secret', 'Insurance', 'Quux.', ['xylophone'], 'PRIVATE')
  await tag('fleet', 'Fleet and roads', true, [], ['logistics'])
  await tag('sales', 'Selling', true, [], ['demand'])
  await tag('beta', 'Try it out', false, [], ['demand', 'warehouse'])
  await tag('north', 'Partners', false, ['partners-north'], ['demand'])
})
afterAll(() => platform.end())

async function add(
  caller: Caller,
  name: string,
  title: string,
  category: string,
  description: string,
  keywords: readonly string[] = [],
  visibility = 'ALL_USERS',
): Promise<void> {
  const lines = [
    `Description = "${description}"`,
    `Category = "${category}"`,
    `Keywords = ${JSON.stringify(keywords)}`,
  ]
  const reply = await caller.import(
    await appBundle({ name, title, app: lines.join('\n') }),
    visibility,
  )
  expect(reply.status).toBe(201)
  ids.set(name, zApp.parse(await reply.json()).id)
}

async function tag(
  name: string,
  title: string,
  isCategory: boolean,
  visitorRoles: readonly string[],
  apps: readonly string[],
): Promise<void> {
  const color = '#336699'
  const reply = await admin.post('/tags', { name, title, color, isCategory, visitorRoles })
  const { id }: Tag = await reply.json()
  for (const app of apps) await admin.send('PUT', `/apps/${ids.get(app)}/tags/${id}`)
}

async function list(caller: Caller, query: Record<string, string> | string): Promise<AppList> {
  const reply = await caller.get(`/apps?${new URLSearchParams(query)}`)
  expect(reply.status).toBe(200)
  return zAppList.parse(await reply.json())
}

const namesOf = ({ apps }: AppList) => apps.map((app) => app.name)
const found = async (q: string, caller = user) => namesOf(await list(caller, { q }))

describe('a search', () => {
  test('ranks title before name before keywords before description', async () => {
    expect(await found('forecast')).toEqual([
      'sales-forecast',
      'forecast-engine',
      'warehouse',
      'demand',
    ])
  })

  test.each([
    ['the beginning of a word', 'forec', 'sales-forecast'],
    ['a name written together', 'salesforecast', 'sales-forecast'],
    ['no accents where the title has them', 'muller', 'warehouse'],
    ['a tag’s title', 'roads', 'logistics'],
    ['a tag’s name', 'fleet', 'logistics'],
    ['an owner', 'tomas rivera warehouse', 'warehouse'],
    ['the inside of a script without spaces', '予測', 'uebersicht'],
    ['a letter left out', 'forcast', 'sales-forecast'],
    ['two letters swapped', 'froecast', 'sales-forecast'],
    ['two mistakes in a long word', 'wrehuose', 'warehouse'],
    ['a beginning with a mistake', 'warhou', 'warehouse'],
  ])('finds by %s', async (_, q, name) => {
    expect((await found(q))[0]).toBe(name)
  })

  test.each([
    ['every word has to be there', 'forecast zebra'],
    ['three letters are taken as they are spelled', 'dxm'],
    ['signs alone are no words', '%'],
  ])('finds nothing: %s', async (_, q) => {
    expect(await found(q)).toEqual([])
  })

  test('without words lists everything', async () => {
    expect((await list(user, { q: '  ' })).totalSize).toBe((await list(user, '')).totalSize)
  })

  test('puts what is pinned first among equals', async () => {
    expect(await found('rivera')).toEqual(['logistics', 'warehouse', 'demand'])
    await user.send('PUT', '/pins/demand')
    expect(await found('rivera')).toEqual(['demand', 'logistics', 'warehouse'])
    expect(namesOf(await list(user, { pinned: 'true' }))).toEqual(['demand'])
    await user.delete('/pins/demand')
  })

  test('says where the words are, spelled right or wrong, in the text as it is written', async () => {
    const pieces = async (q: string, name: string) => {
      const { apps, matches } = await list(user, { q })
      const app = apps.find((one) => one.name === name)
      const textOf = ({ field, index }: SearchMatch) =>
        field === 'keyword'
          ? app?.keywords[index]
          : field === 'tag'
            ? app?.tags[index]?.title
            : field === 'owner'
              ? app?.owner.name
              : app?.[field]
      return matches
        .filter(({ appId }) => appId === app?.id)
        .map((match) => `${match.field} ${textOf(match)?.slice(match.start, match.end)}`)
    }
    expect(await pieces('fore', 'sales-forecast')).toEqual(['title Fore', 'name fore'])
    expect(await pieces('forcast', 'sales-forecast')).toEqual(['title Forecast', 'name forecast'])
    expect(await pieces('mull', 'warehouse')).toEqual(['title Müll'])
    expect(await pieces('予測', 'uebersicht')).toEqual(['title 予測'])
    expect(await pieces('fleet', 'logistics')).toEqual(['tag Fleet'])
    expect(await pieces('beta', 'warehouse')).toEqual(['tag Try it out'])
  })

  test('that finds nothing is told what would', async () => {
    const { suggestions, totalSize } = await list(user, { q: 'forexxxt' })
    expect(totalSize).toBe(0)
    expect(suggestions[0]).toEqual({ q: 'forecast', count: 4 })
    const together = await list(user, { q: 'zebra warehouse' })
    expect(together.suggestions).toEqual([{ q: 'warehouse', count: 1 }])
  })

  test.each([
    '"'.repeat(200),
    '*'.repeat(200),
    'NEAR('.repeat(40),
    'a AND b OR NOT c NEAR/3 {title}:x ^y + -z',
    '\u0000\u0007\u001b[31m\u202e',
    '\ud800x\udc00',
    'a '.repeat(100),
    'x'.repeat(200),
    '\u0301'.repeat(200),
    '\ufdfa'.repeat(200),
    '予'.repeat(200),
    "'; drop table apps; --",
  ])('is only ever words: %j', async (q) => {
    const reply = await user.get(`/apps?q=${encodeURIComponent(q.toWellFormed())}`)
    expect(reply.status).toBe(200)
  })

  test('takes fifty values of a filter and no more', async () => {
    const many = (count: number) => Array.from({ length: count }, () => 'tag=some').join('&')
    expect((await user.get(`/apps?${many(50)}`)).status).toBe(200)
    expect((await problemOf(await user.get(`/apps?${many(1_000)}`))).status).toBe(400)
  })
})

describe('filters and facets', () => {
  test('show early categories and category tags in one list, each app where it belongs', async () => {
    const { facets } = await list(user, '')
    expect(facets.category.map(({ value, title, count }) => [value, title, count])).toEqual([
      ['fleet', 'Fleet and roads', 1],
      ['Retail', 'Retail', 1],
      ['Sales', 'Sales', 3],
      ['Other', 'Other', 2],
    ])
    expect(namesOf(await list(user, 'category=fleet'))).toEqual(['logistics'])
    expect((await list(user, 'category=Sales')).totalSize).toBe(3)
    expect((await list(user, 'category=All')).totalSize).toBe(6)
  })

  test('widen within a filter, narrow between filters, and count without themselves', async () => {
    const page = await list(user, 'category=fleet&category=Retail&owner=author-2&q=d')
    expect(namesOf(page).toSorted()).toEqual(['demand', 'logistics'])
    expect(page.facets.category.map(({ value, count }) => [value, count])).toEqual([
      ['fleet', 1],
      ['Retail', 1],
      ['Sales', 1],
    ])
    expect(page.facets.tag).toEqual([
      { value: 'north', title: 'Partners', color: '#336699', count: 1 },
      { value: 'beta', title: 'Try it out', color: '#336699', count: 1 },
    ])
    expect(page.facets.owner).toMatchObject([
      { value: 'author-2', title: 'Tomás Rivera', count: 2 },
    ])
  })

  test('keep what is chosen, and say how much each of them hides', async () => {
    const page = await list(user, 'q=warehouse&category=Sales&lifecycle=LINK')
    expect(page.totalSize).toBe(0)
    expect(page.unfilteredSize).toBe(1)
    expect(page.suggestions).toEqual([])
    expect(page.hiddenBy).toEqual([
      { filter: 'category', count: 0 },
      { filter: 'lifecycle', count: 0 },
    ])
    expect(page.facets.category).toEqual([
      { value: 'Sales', title: 'Sales', color: null, count: 0 },
    ])
    const one = await list(user, 'q=warehouse&category=Sales')
    expect(one.hiddenBy).toEqual([{ filter: 'category', count: 1 }])
  })

  test('tell what can be run, what has an instance and what has an update', async () => {
    const before = await list(visitor, '')
    expect(namesOf(before)).toEqual(['demand'])
    expect(before.facets).toMatchObject({ runnable: 1, hasInstance: 0, updateAvailable: 0 })
    await visitor.post(`/apps/${ids.get('demand')}/run`, {})
    expect(namesOf(await list(visitor, 'hasInstance=true'))).toEqual(['demand'])
    expect((await list(visitor, 'updateAvailable=true')).totalSize).toBe(0)
    const newer = await appBundle({ name: 'demand', version: '9.0.0' })
    const { id }: { id: string } = await (await other.import(newer)).json()
    // Not opened to visitors, the newer version is none for them.
    expect((await list(visitor, 'updateAvailable=true')).totalSize).toBe(0)
    await user.post(`/apps/${ids.get('demand')}/run`, {})
    expect(namesOf(await list(user, 'updateAvailable=true'))).toEqual(['demand'])
    expect((await list(user, 'updateAvailable=false')).totalSize).toBe(5)
    await other.delete(`/apps/${id}`)
  })

  test('give nothing away of what one may not see', async () => {
    const secret = ['zanzibar', 'xylophone', 'quux', 'concealed']
    for (const q of ['', 'zanz', 'zanzibra', 'zanzibar', 'xylofone', 'quuxx', 'conceale']) {
      for (const caller of [user, visitor]) {
        const page = await list(caller, {
          q,
          ...(q === 'quuxx' ? { category: 'Insurance', owner: 'author', tag: 'beta' } : {}),
        })
        const said = JSON.stringify({ ...page, matches: [] })
        const given = secret.filter((word) => said.includes(word))
        expect([q, given]).toEqual([q, []])
      }
    }
    expect(await found('zanzibar', author)).toEqual(['concealed'])
    expect((await list(visitor, 'owner=author')).facets.owner).toContainEqual({
      value: 'author',
      count: 0,
      title: null,
      color: null,
    })
  })
})

describe('the order', () => {
  test.each(['title', 'newest', 'launched', 'relevance'])(
    'by %s shows every app once, page by page',
    async (orderBy) => {
      const all = namesOf(await list(user, { orderBy, q: 'e' }))
      const paged: string[] = []
      let token: string | null = ''
      while (token !== null) {
        const page: AppList = await list(user, {
          orderBy,
          q: 'e',
          pageSize: '2',
          ...(token === '' ? {} : { pageToken: token }),
        })
        paged.push(...namesOf(page))
        token = page.nextPageToken
      }
      expect(paged).toEqual(all)
      expect(new Set(all).size).toBe(all.length)
    },
  )

  test('by launches counts those whose instances are gone', async () => {
    const id = ids.get('warehouse')
    for (let n = 0; n < 3; n += 1) {
      const instance: { id: string } = await (await user.post(`/apps/${id}/run`, {})).json()
      await user.delete(`/instances/${instance.id}`)
    }
    const { apps } = await list(user, 'orderBy=launched')
    expect(apps[0]).toMatchObject({ name: 'warehouse', launches: 3 })
  })

  test('refuses another order’s page token', async () => {
    const { nextPageToken } = await list(user, 'orderBy=title&pageSize=1')
    const reply = await user.get(`/apps?orderBy=newest&pageToken=${nextPageToken}`)
    expect(await problemOf(reply)).toMatchObject({
      status: 400,
      code: 'request.invalid-page-token',
    })
  })
})

test('a start afresh finds the same', async () => {
  const before = await list(user, 'q=forcast')
  platform = await platform.restart()
  const again = await platform.as('user')
  expect(await list(again, 'q=forcast')).toEqual(before)
})
