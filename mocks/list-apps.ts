import type {
  App,
  AppFacets,
  AppList,
  FacetValue,
  HiddenBy,
  SearchMatch,
} from '../src/api/generated/types.gen.ts'
import { mayRunApp } from '../src/rules/apps.ts'
import { compareVersions } from '../src/rules/semver.ts'
import type { MockPlatform } from './platform.ts'

export function newestFirst(apps: App[]): App[] {
  return apps.toSorted((a, b) => compareVersions(b.version, a.version))
}

type Keep = (app: App) => boolean

/** `GET /apps` as the contract has it, with a search that takes words as they are spelled. */
export function listApps(platform: MockPlatform, query: URLSearchParams): AppList {
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const found = inScope(platform, query).filter((app) =>
    words.every((word) => textOf(app).includes(word)),
  )
  const filters = filtersOf(platform, query)
  const without = (name: string | null) => {
    const kept = filters.filter((filter) => filter.name !== name)
    return found.filter((app) => kept.every(({ keep }) => keep(app)))
  }
  const apps = sorted(without(null), query.get('orderBy') ?? (words.length > 0 ? 'relevance' : ''))
  const start = Number(query.get('pageToken') ?? 0)
  const end = start + Number(query.get('pageSize') ?? 50)
  const page = apps.slice(start, end)
  return {
    apps: page.map((app) => ({ ...app, longDescription: null })),
    nextPageToken: end < apps.length ? String(end) : null,
    totalSize: apps.length,
    unfilteredSize: found.length,
    facets: facetsOf(platform, without),
    matches: page.flatMap((app) => matchesOf(app, words)),
    suggestions: [],
    hiddenBy: filters.map(({ name }) => ({ filter: name, count: without(name).length })),
  }
}

function inScope(platform: MockPlatform, query: URLSearchParams): App[] {
  const mine = query.get('scope') === 'mine'
  const latest = new Map<string, App>()
  for (const app of newestFirst(platform.visibleApps())) {
    if (mine && app.owner.id !== platform.person?.id) continue
    const key = mine ? app.id : app.name
    if (!latest.has(key)) latest.set(key, app)
  }
  return [...latest.values()]
}

function textOf(app: App): string {
  const tags = app.tags.flatMap(({ name, title }) => [name, title])
  const { title, name, description, owner, keywords } = app
  return [title, name, description, owner.name, ...keywords, ...tags].join(' ').toLowerCase()
}

function categoriesOf(app: App): string[] {
  const tags = app.tags.filter((tag) => tag.isCategory).map(({ name }) => name)
  return tags.length > 0 && app.category === 'Other' ? tags : [...tags, app.category]
}

function flagsOf(platform: MockPlatform, app: App) {
  const own = platform.ownInstances().filter((instance) => instance.app.name === app.name)
  return {
    runnable: app.preconditions.runnable && mayRunApp(platform.actor(), app).allowed,
    hasInstance: own.length > 0,
    updateAvailable: own.some((instance) => compareVersions(instance.app.version, app.version) < 0),
    pinned: app.pinned,
  }
}

function filtersOf(
  platform: MockPlatform,
  query: URLSearchParams,
): { name: HiddenBy['filter']; keep: Keep }[] {
  const byValue: [HiddenBy['filter'], (app: App) => string[]][] = [
    ['name', (app) => [app.name]],
    ['category', categoriesOf],
    ['tag', (app) => app.tags.map(({ name }) => name)],
    ['owner', (app) => [app.owner.id]],
    ['lifecycle', (app) => [app.lifecycle]],
  ]
  const flags = ['runnable', 'hasInstance', 'updateAvailable', 'pinned'] as const
  return [
    ...byValue.flatMap(([name, valuesOf]) => {
      const asked = query.getAll(name).filter((value) => value !== 'All')
      if (asked.length === 0) return []
      return { name, keep: (app: App) => valuesOf(app).some((value) => asked.includes(value)) }
    }),
    ...flags.flatMap((name) => {
      const asked = query.get(name)
      if (asked === null) return []
      return { name, keep: (app: App) => String(flagsOf(platform, app)[name]) === asked }
    }),
  ]
}

function sorted(apps: App[], order: string): App[] {
  const newest = (a: App, b: App) => b.createdAt.localeCompare(a.createdAt)
  if (order === 'newest') return apps.toSorted(newest)
  if (order === 'launched') {
    return apps.toSorted((a, b) => b.launches - a.launches || newest(a, b))
  }
  if (order === 'relevance') {
    return apps.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || newest(a, b))
  }
  return apps.toSorted((a, b) => a.title.localeCompare(b.title))
}

function facetsOf(platform: MockPlatform, without: (name: string) => App[]): AppFacets {
  const flag = (name: 'runnable' | 'hasInstance' | 'updateAvailable' | 'pinned') =>
    without(name).filter((app) => flagsOf(platform, app)[name]).length
  const tags = new Map(platform.apps.flatMap((app) => app.tags.map((tag) => [tag.name, tag])))
  const people = new Map(platform.apps.map(({ owner }) => [owner.id, owner.name]))
  const badges = (app: App) => app.tags.filter((tag) => !tag.isCategory).map(({ name }) => name)
  return {
    category: counted(without('category'), categoriesOf, (value) => ({
      title: tags.get(value)?.title ?? value,
      color: tags.get(value)?.color ?? null,
    })),
    tag: counted(without('tag'), badges, (value) => ({
      title: tags.get(value)?.title ?? null,
      color: tags.get(value)?.color ?? null,
    })),
    owner: counted(
      without('owner'),
      (app) => [app.owner.id],
      (value) => ({ title: people.get(value) ?? null, color: null }),
    ),
    lifecycle: counted(
      without('lifecycle'),
      (app) => [app.lifecycle],
      () => ({ title: null, color: null }),
    ),
    runnable: flag('runnable'),
    hasInstance: flag('hasInstance'),
    updateAvailable: flag('updateAvailable'),
    pinned: flag('pinned'),
  }
}

function counted(
  apps: App[],
  valuesOf: (app: App) => string[],
  words: (value: string) => Pick<FacetValue, 'title' | 'color'>,
): FacetValue[] {
  const counts = new Map<string, number>()
  for (const value of apps.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count, ...words(value) }))
    .toSorted((a, b) => a.value.localeCompare(b.value))
}

function matchesOf(app: App, words: readonly string[]): SearchMatch[] {
  return (['title', 'name', 'description'] as const).flatMap((field) => {
    const text = app[field].toLowerCase()
    const found = words.find((word) => text.includes(word))
    if (found === undefined) return []
    const start = text.indexOf(found)
    return { appId: app.id, field, index: 0, start, end: start + found.length }
  })
}
