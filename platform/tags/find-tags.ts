import type { ListTagsData, Role, TagDetailList } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import { maySeePeoplesRoles, type TagKind, tagKindNames, tagKinds } from '../../src/rules/tags.ts'
import { pageOfSorted } from '../http/page.ts'
import type { Database } from '../store/schema.ts'
import { countTagged, listTags, type StoredTag, type TagCounts } from '../store/tags.ts'
import { listRolesOfPeople } from '../store/users.ts'
import { tagView } from './tag-views.ts'

type Query = Required<Pick<NonNullable<ListTagsData['query']>, 'pageSize' | 'orderBy'>> &
  Omit<NonNullable<ListTagsData['query']>, 'orderBy'>

export function wordsOf(q: string | undefined): string[] {
  return (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
}

function textOf({ name, title, description, adminRoles, visitorRoles }: StoredTag): string {
  // A line each, so that no word is found across two of them.
  return [name, title, description, ...adminRoles, ...visitorRoles].join('\n').toLowerCase()
}

/** A page of the tags that a search finds, with how many apps carry each. */
export async function findTags(
  database: Database,
  actor: Actor,
  { q, kind = [], orderBy, ...page }: Query,
): Promise<TagDetailList> {
  const words = wordsOf(q)
  const found = (await listTags(database)).filter((tag) => {
    const text = textOf(tag)
    return words.every((word) => text.includes(word))
  })
  const ofKind = (wanted: TagKind) => found.filter((tag) => tagKinds(tag).includes(wanted))
  const asked =
    kind.length === 0
      ? found
      : found.filter((tag) => tagKinds(tag).some((each) => kind.includes(each)))
  const counts = await countTagged(database, actor)
  const by = orderBy.replace('-', '')
  const keyOf = (tag: StoredTag): [string, string] => [
    sortValue(by, tag, counts.get(tag.id)),
    tag.name,
  ]
  const { rows, nextPageToken } = pageOfSorted(asked, keyOf, page, orderBy.startsWith('-') ? -1 : 1)
  return {
    tags: rows.map((tag) => tagView(tag, counts.get(tag.id))),
    nextPageToken,
    totalSize: asked.length,
    kinds: {
      category: ofKind('category').length,
      authorization: ofKind('authorization').length,
      badge: ofKind('badge').length,
    },
  }
}

function sortValue(by: string, tag: StoredTag, counts: TagCounts | undefined): string {
  switch (by) {
    case 'title':
      return tag.title.toLowerCase()
    case 'kind':
      return String(tagKindNames.findIndex((kind) => tagKinds(tag).includes(kind)))
    case 'apps':
      return String(counts?.appCount ?? 0).padStart(12, '0')
    default:
      return tag.name.toLowerCase()
  }
}

/** The roles that this actor may know of, by name. */
export async function seenRoles(database: Database, actor: Actor): Promise<Role[]> {
  const tags = await listTags(database)
  const people = maySeePeoplesRoles(actor) ? await listRolesOfPeople(database) : undefined
  const adminOf = timesNamed(tags.map((tag) => tag.adminRoles))
  const visitorOf = timesNamed(tags.map((tag) => tag.visitorRoles))
  const had = timesNamed(people ?? [])
  const names = new Set([...adminOf.keys(), ...visitorOf.keys(), ...had.keys(), ...actor.roles])
  return [...names].toSorted().map((name) => ({
    name,
    adminOf: adminOf.get(name) ?? 0,
    visitorOf: visitorOf.get(name) ?? 0,
    people: people ? (had.get(name) ?? 0) : null,
  }))
}

function timesNamed(lists: readonly (readonly string[])[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const name of lists.flatMap((list) => [...new Set(list)])) {
    times.set(name, (times.get(name) ?? 0) + 1)
  }
  return times
}
