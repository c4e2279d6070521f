import { HttpResponse } from 'msw'
import type { TagDetail, TagPlan } from '../src/api/generated/types.gen.ts'
import { maySeeApp } from '../src/rules/apps.ts'
import { tagImpact } from '../src/rules/tag-impact.ts'
import { tagViolations } from '../src/rules/tag-values.ts'
import {
  mayCreateTag,
  mayDeleteTag,
  mayEditTag,
  maySeeTags,
  tagKindNames,
  tagKinds,
} from '../src/rules/tags.ts'
import { answer, notFound, refuse, refuseBy } from './answers.ts'
import type { MockPlatform } from './platform.ts'

function edited(tag: TagDetail) {
  const title = 'Somebody else changed this tag since. Read it again, then decide.'
  return refuse({ status: 412, code: 'tag.edited-meanwhile', title, tag })
}

/** Tags, with the rules that the platform keeps and the ETags that it counts. */
export function tagHandlers(platform: MockPlatform) {
  const find = (id: string) => platform.countedTags().find((tag) => tag.id === id)
  const nameTaken = (name: string | undefined, id?: string) => {
    const lower = name?.toLowerCase()
    const tag = platform.tags.find((each) => each.id !== id && each.name.toLowerCase() === lower)
    if (tag === undefined) return undefined
    return refuse({
      status: 409,
      code: 'tag.name-exists',
      title: `There is a tag named ${tag.name} already.`,
      violations: [{ field: 'name', message: 'Taken by another tag' }],
      tag,
    })
  }
  const refusedValues = (values: Partial<TagDetail>) => {
    const violations = tagViolations(values)
    const title = 'The tag can’t be saved.'
    return violations.length === 0
      ? undefined
      : refuse({ status: 422, code: 'request.invalid', title, violations })
  }
  const withTag = (id: string, act: (tag: TagDetail) => Response) => {
    const refusal = refuseBy(maySeeTags(platform.actor()))
    if (refusal !== undefined) return refusal
    const tag = find(id)
    return tag === undefined ? notFound() : act(tag)
  }
  return [
    answer.listTags(({ request }) => {
      const refusal = refuseBy(maySeeTags(platform.actor()))
      if (refusal !== undefined) return refusal
      const query = new URL(request.url).searchParams
      const words = (query.get('q') ?? '').toLowerCase().split(/\s+/)
      const found = platform.countedTags().filter((tag) => {
        const { name, title, description, adminRoles, visitorRoles } = tag
        const text = [name, title, description, ...adminRoles, ...visitorRoles].join(' ')
        return words.every((word) => text.toLowerCase().includes(word))
      })
      const kinds = query.getAll('kind')
      const tags = found.filter(
        (tag) => kinds.length === 0 || tagKinds(tag).some((kind) => kinds.includes(kind)),
      )
      const order = query.get('orderBy') ?? 'name'
      const turn = order.startsWith('-') ? -1 : 1
      tags.sort((a, b) => turn * compare(a, b, order.replace('-', '')))
      const count = (kind: (typeof tagKindNames)[number]) =>
        found.filter((tag) => tagKinds(tag).includes(kind)).length
      return HttpResponse.json({
        tags,
        nextPageToken: null,
        totalSize: tags.length,
        kinds: {
          category: count('category'),
          authorization: count('authorization'),
          badge: count('badge'),
        },
      })
    }),
    answer.createTag(async ({ request }) => {
      const refusal = refuseBy(mayCreateTag(platform.actor()))
      if (refusal !== undefined) return refusal
      const input = await request.json()
      const wrong = refusedValues(input) ?? nameTaken(input.name)
      return wrong ?? HttpResponse.json(platform.createTag(input), { status: 201 })
    }),
    answer.listTaggedApps(({ params, request }) =>
      withTag(params.tagId, (tag) => {
        const q = (new URL(request.url).searchParams.get('q') ?? '').toLowerCase()
        const apps = platform
          .visibleApps()
          .filter((app) => app.tags.some(({ id }) => id === tag.id))
          .filter(({ name, title, version }) =>
            `${name} ${title} ${version}`.toLowerCase().includes(q),
          )
          .map(({ id, name, version, title, icon, visibility, owner, tags, createdAt }) => ({
            id,
            name,
            version,
            title,
            icon,
            visibility,
            owner,
            tags,
            assignedAt: createdAt,
          }))
        return HttpResponse.json({ apps, nextPageToken: null, totalSize: apps.length })
      }),
    ),
    answer.previewTagImpact(async ({ params, request }) => {
      const plan: TagPlan = await request.json()
      return withTag(params.tagId, (tag) => {
        const { apps, ...impact } = tagImpact(platform.actor(), tag, plan, platform.apps)
        return HttpResponse.json(
          {
            ...impact,
            warnings: [...impact.warnings],
            apps: apps.map(({ app, gained, lost, closed }) => ({
              id: app.id,
              name: app.name,
              version: app.version,
              title: app.title,
              closed,
              gained: [...gained],
              lost: [...lost],
            })),
            nextPageToken: null,
            totalSize: apps.length,
          },
          { headers: { ETag: tag.etag } },
        )
      })
    }),
    answer.changeAssignments(async ({ params, request }) => {
      const { assign = [], remove = [] } = await request.json()
      return withTag(params.tagId, (tag) => {
        const refusal = refuseBy(mayEditTag(platform.actor(), tag))
        if (refusal !== undefined) return refusal
        const match = request.headers.get('If-Match')
        if (match !== null && match !== tag.etag) return edited(tag)
        const one = (appId: string, carries: boolean) => {
          const app = platform.apps.find(({ id }) => id === appId)
          if (app === undefined || !maySeeApp(platform.actor(), app).allowed) {
            const message = 'There is no such app.'
            return { appId, outcome: 'refused' as const, code: 'app.not-found', message }
          }
          const outcome = carries ? ('assigned' as const) : ('removed' as const)
          const changed = platform.setTag(appId, tag.id, carries)
          return {
            appId,
            code: null,
            message: null,
            outcome: changed ? outcome : ('unchanged' as const),
          }
        }
        return HttpResponse.json({
          results: [...assign.map((id) => one(id, true)), ...remove.map((id) => one(id, false))],
        })
      })
    }),
    answer.mergeTags(async ({ params, request }) => {
      const { from, adminRoles, visitorRoles } = await request.json()
      return withTag(params.tagId, (tag) => {
        const refusal = refuseBy(mayDeleteTag(platform.actor()))
        if (refusal !== undefined) return refusal
        for (const app of platform.apps) {
          if (app.tags.some(({ id }) => id === from)) platform.setTag(app.id, tag.id, true)
        }
        platform.deleteTag(from)
        return HttpResponse.json(platform.updateTag(tag.id, { adminRoles, visitorRoles }))
      })
    }),
    answer.listRoles(() => {
      const names = platform.tags.flatMap((tag) => [...tag.adminRoles, ...tag.visitorRoles])
      const has = (roles: readonly string[], role: string) => roles.includes(role)
      return HttpResponse.json({
        roles: [...new Set([...names, ...platform.me().roles])].toSorted().map((name) => ({
          name,
          adminOf: platform.tags.filter((tag) => has(tag.adminRoles, name)).length,
          visitorOf: platform.tags.filter((tag) => has(tag.visitorRoles, name)).length,
          people: platform.actor().admin ? 1 : null,
        })),
      })
    }),
    answer.getTag(({ params }) =>
      withTag(params.tagId, (tag) => HttpResponse.json(tag, { headers: { ETag: tag.etag } })),
    ),
    answer.updateTag(async ({ params, request }) => {
      const change = await request.json()
      return withTag(params.tagId, (tag) => {
        const refusal = refuseBy(mayEditTag(platform.actor(), tag))
        if (refusal !== undefined) return refusal
        if (request.headers.get('If-Match') !== tag.etag) return edited(tag)
        const wrong = refusedValues(change) ?? nameTaken(change.name, tag.id)
        return wrong ?? HttpResponse.json(platform.updateTag(tag.id, change))
      })
    }),
    answer.deleteTag(({ params, request }) =>
      withTag(params.tagId, (tag) => {
        const refusal = refuseBy(mayDeleteTag(platform.actor()))
        if (refusal !== undefined) return refusal
        if (request.headers.get('If-Match') !== tag.etag) return edited(tag)
        platform.deleteTag(tag.id)
        return new HttpResponse(null, { status: 204 })
      }),
    ),
    answer.assignTag(({ params }) => assign(params.appId, params.tagId, true)),
    answer.removeTag(({ params }) => assign(params.appId, params.tagId, false)),
  ]

  function assign(appId: string, tagId: string, carries: boolean): Response {
    return withTag(tagId, (tag) => {
      const refusal = refuseBy(mayEditTag(platform.actor(), tag))
      if (refusal !== undefined) return refusal
      if (!platform.visibleApps().some(({ id }) => id === appId)) return notFound()
      platform.setTag(appId, tag.id, carries)
      return new HttpResponse(null, { status: 204 })
    })
  }
}

function compare(a: TagDetail, b: TagDetail, order: string): number {
  const first = (tag: TagDetail) => tagKindNames.indexOf(tagKinds(tag)[0] ?? 'badge')
  if (order === 'apps') return a.appCount - b.appCount || a.name.localeCompare(b.name)
  if (order === 'kind') return first(a) - first(b) || a.name.localeCompare(b.name)
  return order === 'title' ? a.title.localeCompare(b.title) : a.name.localeCompare(b.name)
}
