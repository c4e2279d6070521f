import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Actor, actorOf } from './actor.ts'
import { maySeeApp } from './apps.ts'
import { type ImpactApp, tagImpact, type TagPlan, tagsAfter } from './tag-impact.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }
const admin = actorOf('admin', ['admin'], names)
const keeper = actorOf('keeper', ['full-access', 'keepers'], names)

type WorldTag = { id: string; adminRoles: string[]; visitorRoles: string[] }

const roleNames = ['north', 'south', 'east', 'west']
const roles = fc.uniqueArray(fc.constantFrom(...roleNames), { maxLength: 3 })
const tagIds = ['t0', 't1', 't2']
const appIds = ['a0', 'a1', 'a2', 'a3', 'a4']

/** Three tags, five apps that carry any of them, and a plan for the first tag. */
const worlds = fc
  .record({
    tags: fc.tuple(
      ...tagIds.map((id) =>
        fc.record({ id: fc.constant(id), adminRoles: roles, visitorRoles: roles }),
      ),
    ),
    apps: fc.tuple(
      ...appIds.map((id) =>
        fc.record({
          id: fc.constant(id),
          owner: fc.record({ id: fc.constantFrom('ann', 'ben') }),
          visibility: fc.constantFrom('PRIVATE', 'ALL_USERS', 'PUBLIC'),
          lifecycle: fc.constantFrom('ON_DEMAND', 'MANAGED', 'LINK'),
          carries: fc.subarray(tagIds),
        }),
      ),
    ),
    plan: fc.oneof(
      fc.record({ visitorRoles: roles, adminRoles: roles }, { requiredKeys: [] }),
      fc.constant({ delete: true }),
      fc.record({ mergeFrom: fc.constantFrom('t1', 't2'), visitorRoles: roles, adminRoles: roles }),
      fc
        .shuffledSubarray(appIds)
        .chain((some) =>
          fc.nat(some.length).map((at) => ({ assign: some.slice(0, at), remove: some.slice(at) })),
        ),
      fc.shuffledSubarray(appIds).chain((some) =>
        fc.tuple(fc.nat(some.length), roles).map(([at, visitorRoles]) => ({
          visitorRoles,
          assign: some.slice(0, at),
          remove: some.slice(at),
        })),
      ),
    ) satisfies fc.Arbitrary<TagPlan>,
  })
  .map(({ tags, apps, plan }) => ({ tags, apps, plan: plan as TagPlan }))

type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never
type WorldApp = World['apps'][number]

/** The world with the plan carried out, step by step, as somebody would who knows nothing of the impact's code. */
function carriedOut({ tags, apps, plan }: World): { tags: WorldTag[]; apps: WorldApp[] } {
  const [first] = tags
  if (first === undefined) throw new Error('There is a first tag')
  let all: WorldTag[] = tags.map((tag) => ({ ...tag }))
  let carrying = apps.map((app) => ({ ...app, carries: [...app.carries] }))
  const give = (ids: readonly string[], tag: string) => {
    carrying = carrying.map((app) =>
      ids.includes(app.id) ? { ...app, carries: [...new Set([...app.carries, tag])] } : app,
    )
  }
  const take = (ids: readonly string[], tag: string) => {
    carrying = carrying.map((app) =>
      ids.includes(app.id) ? { ...app, carries: app.carries.filter((one) => one !== tag) } : app,
    )
  }
  const drop = (tag: string) => {
    take(appIds, tag)
    all = all.filter(({ id }) => id !== tag)
  }
  if (plan.visitorRoles) {
    const visitorRoles = [...plan.visitorRoles]
    all = all.map((tag) => (tag.id === first.id ? { ...tag, visitorRoles } : tag))
  }
  if (plan.mergeFrom !== undefined) {
    const { mergeFrom } = plan
    give(
      carrying.filter(({ carries }) => carries.includes(mergeFrom)).map(({ id }) => id),
      first.id,
    )
    drop(mergeFrom)
  }
  give(plan.assign ?? [], first.id)
  take(plan.remove ?? [], first.id)
  if (plan.delete === true) drop(first.id)
  return { tags: all, apps: carrying }
}

const factsOf = (tags: readonly WorldTag[], { carries, ...app }: WorldApp): ImpactApp => ({
  ...app,
  tags: tags.filter(({ id }) => carries.includes(id)),
})

/** Everybody who sees an app as a visitor with one role: asked of the platform's rule, person by person. */
function seenBy(app: ImpactApp): string[] {
  const visitor = (role: string): Actor => actorOf(`visitor-${role}`, [role], names)
  return roleNames.filter((role) => maySeeApp(visitor(role), app).allowed).toSorted()
}

function impactOf({ tags, apps, plan }: World) {
  const [tag] = tags
  if (tag === undefined) throw new Error('There is a first tag')
  return tagImpact(
    admin,
    tag,
    plan,
    apps.map((app) => factsOf(tags, app)),
  )
}

describe('the impact of a plan', () => {
  test('is what everybody sees before, held against what they see once it is carried out', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const after = carriedOut(world)
        const expected = world.apps.flatMap((app) => {
          const did = seenBy(factsOf(world.tags, app))
          const then = after.apps.find(({ id }) => id === app.id)
          const will = then ? seenBy(factsOf(after.tags, then)) : []
          const gained = will.filter((role) => !did.includes(role))
          const lost = did.filter((role) => !will.includes(role))
          const closed = did.length > 0 && will.length === 0
          return gained.length + lost.length > 0 ? { id: app.id, gained, lost, closed } : []
        })
        const impact = impactOf(world)
        expect(
          impact.apps.map(({ app, gained, lost, closed }) => ({
            id: app.id,
            gained,
            lost,
            closed,
          })),
        ).toEqual(expected)
        expect(impact.gained).toBe(expected.flatMap(({ gained }) => gained).length)
        expect(impact.lost).toBe(expected.flatMap(({ lost }) => lost).length)
        expect(impact.closed).toBe(expected.filter(({ closed }) => closed).length)
      }),
      { numRuns: 2_000 },
    )
  })

  test('counts the private apps that it would concern once they are published', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const isPrivate = ({ visibility }: WorldApp) => visibility === 'PRIVATE'
        const published = world.apps
          .filter(isPrivate)
          .map((app) => ({ ...app, visibility: 'ALL_USERS' as const }))
        expect(impactOf(world).privateCount).toBe(
          impactOf({ ...world, apps: published }).apps.length,
        )
      }),
    )
  })

  test('never concerns an app that not everybody with full access sees', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const { app } of impactOf(world).apps) expect(app.visibility).toBe('ALL_USERS')
      }),
    )
  })

  test('is turned around by what turns the plan around', () => {
    fc.assert(
      fc.property(worlds, roles, (world, visitorRoles) => {
        const [tag, ...others] = world.tags
        if (tag === undefined) return
        const there = impactOf({ ...world, plan: { visitorRoles } })
        const back = impactOf({
          ...world,
          tags: [{ ...tag, visitorRoles }, ...others],
          plan: { visitorRoles: tag.visitorRoles },
        })
        expect(back.apps.map(({ app, gained, lost }) => [app.id, gained, lost])).toEqual(
          there.apps.map(({ app, gained, lost }) => [app.id, lost, gained]),
        )
      }),
    )
  })

  test('leaves every other tag of an app alone', () => {
    fc.assert(
      fc.property(worlds, ({ tags, apps, plan }) => {
        const [tag] = tags
        if (tag === undefined) return
        for (const app of apps.map((one) => factsOf(tags, one))) {
          const kept = app.tags.filter(({ id }) => id !== tag.id && id !== plan.mergeFrom)
          expect(tagsAfter(tag, plan, app)).toEqual(expect.arrayContaining(kept))
        }
      }),
    )
  })
})

describe('the warnings', () => {
  const app: ImpactApp = {
    id: 'a',
    owner: { id: 'ann' },
    visibility: 'ALL_USERS',
    lifecycle: 'ON_DEMAND',
    tags: [{ id: 't', visitorRoles: ['north'] }],
  }
  const tag = { id: 't', adminRoles: ['keepers'], visitorRoles: ['north'] }
  const codes = (actor: Actor, plan: TagPlan, of = tag) =>
    tagImpact(actor, of, plan, [app]).warnings.map(({ code }) => code)

  test('an authorization tag without admin roles is an open door', () => {
    expect(codes(admin, { adminRoles: [] })).toEqual(['open-door'])
    expect(codes(admin, { visitorRoles: ['south'] }, { ...tag, adminRoles: [] })).toEqual([
      'open-door',
    ])
  })
  test('neither a badge nor a tag that goes is one', () => {
    expect(codes(admin, { adminRoles: [], visitorRoles: [] })).toEqual(['apps-closed'])
    expect(codes(admin, { delete: true }, { ...tag, adminRoles: [] })).toEqual(['apps-closed'])
  })
  test('apps that no visitor reaches any more are counted in words', () => {
    const two = [app, { ...app, id: 'b' }]
    expect(tagImpact(admin, tag, { delete: true }, [app]).warnings).toMatchObject([
      { message: 'One app is not reached by any visitor any more.' },
    ])
    expect(tagImpact(admin, tag, { delete: true }, two).warnings).toMatchObject([
      { message: '2 apps are not reached by any visitor any more.' },
    ])
  })
  test('an app that another tag opens to somebody is still reached', () => {
    const other = { id: 'u', visitorRoles: ['south'] }
    const impact = tagImpact(admin, tag, { delete: true }, [{ ...app, tags: [...app.tags, other] }])
    expect(impact).toMatchObject({ lost: 1, closed: 0, warnings: [] })
  })
  test('who takes the role away that lets them edit it, is told', () => {
    expect(codes(keeper, { adminRoles: ['others'] })).toEqual(['locks-you-out'])
    expect(codes(admin, { adminRoles: ['others'] })).toEqual([])
  })
})
