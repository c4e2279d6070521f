import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Actor, actorOf, anonymous } from './actor.ts'
import {
  type AppFacts,
  isInCatalogOf,
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayImport,
  mayImportContainer,
  mayPinApp,
  mayReadSource,
  mayRunApp,
  maySeeApp,
  ownsApp,
} from './apps.ts'
import type { Decision } from './decision.ts'
import {
  type InstanceFacts,
  mayControlInstance,
  mayOpenInstance,
  mayReadLog,
  maySeeInstance,
  ownsInstance,
} from './instances.ts'

const names = { fullAccess: 'full-access', admin: 'admin' }

const people = fc.constantFrom('ann', 'ben', 'cleo')
const roles = fc.uniqueArray(fc.constantFrom('north', 'south', 'east'))
const visibility = fc.constantFrom('PRIVATE', 'ALL_USERS', 'PUBLIC')

/** One person at every step of access, with the same id and the same further roles. */
type Ladder = Readonly<Record<'anonymous' | 'visitor' | 'fullAccess' | 'admin', Actor>>

const ladders: fc.Arbitrary<Ladder> = fc.tuple(people, roles).map(([id, own]) => ({
  anonymous,
  visitor: actorOf(id, own, names),
  fullAccess: actorOf(id, [...own, 'full-access'], names),
  admin: actorOf(id, [...own, 'full-access', 'admin'], names),
}))

const actors: fc.Arbitrary<Actor> = fc
  .tuple(ladders, fc.constantFrom('anonymous', 'visitor', 'fullAccess', 'admin'))
  .map(([ladder, step]) => ladder[step])

const apps: fc.Arbitrary<AppFacts> = fc.record({
  owner: fc.record({ id: people }),
  visibility,
  lifecycle: fc.constantFrom('ON_DEMAND', 'MANAGED', 'LINK'),
  tags: fc.array(fc.record({ visitorRoles: roles }), { maxLength: 3 }),
})

/** An instance with the app it is of. */
const launches: fc.Arbitrary<{ app: AppFacts; instance: InstanceFacts }> = fc
  .tuple(apps, people, visibility)
  .map(([app, owner, shared]) => ({
    app,
    instance: {
      owner: { id: owner },
      visibility: shared,
      app: { ownerId: app.owner.id, lifecycle: app.lifecycle },
    },
  }))

/** From nobody to admin, nothing that was allowed is refused. */
function expectGrowing(ladder: Ladder, rule: (actor: Actor) => Decision): void {
  const { anonymous, visitor, fullAccess, admin } = ladder
  const may = [anonymous, visitor, fullAccess, admin].map((one) => Number(rule(one).allowed))
  expect(may).toEqual(may.toSorted((a, b) => a - b))
}

const appRules: Record<string, (actor: Actor, app: AppFacts) => Decision> = {
  maySeeApp,
  mayRunApp,
  mayReadSource,
  mayPinApp,
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayImport,
  mayImportContainer,
}

describe.each(Object.entries(appRules))('%s', (_, rule) => {
  test('more access never takes anything away', () => {
    fc.assert(
      fc.property(ladders, apps, (ladder, app) => {
        expectGrowing(ladder, (actor) => rule(actor, app))
      }),
    )
  })

  test('lets nobody do what they may not even see', () => {
    fc.assert(
      fc.property(actors, apps, (actor, app) => {
        if (rule === mayImport || rule === mayImportContainer) return
        if (rule(actor, app).allowed) expect(maySeeApp(actor, app).allowed).toBe(true)
      }),
    )
  })

  test('says why not in a sentence, and gives away nothing of what is hidden', () => {
    fc.assert(
      fc.property(actors, apps, (actor, app) => {
        const decision = rule(actor, app)
        if (decision.allowed) return
        expect(decision.reason).toMatch(/^[A-Z].*\.$/)
        if (maySeeApp(actor, app).allowed || decision.code === 'auth.sign-in-needed') return
        if (rule === mayImport || rule === mayImportContainer) return
        expect(decision.code).toBe('app.not-found')
      }),
    )
  })
})

test('nobody but owner and admins changes visibility or deletes', () => {
  fc.assert(
    fc.property(actors, apps, (actor, app) => {
      const isTheirs = actor.admin || ownsApp(actor, app)
      expect(mayChangeAppVisibility(actor, app).allowed).toBe(isTheirs)
      expect(mayDeleteApp(actor, app).allowed).toBe(isTheirs)
    }),
  )
})

test('a private app is seen by its owner and admins alone, and run by its owner alone', () => {
  fc.assert(
    fc.property(actors, apps, fc.constant('PRIVATE' as const), (actor, facts, visibility) => {
      const app = { ...facts, visibility }
      const owns = ownsApp(actor, app)
      expect(maySeeApp(actor, app).allowed).toBe(actor.admin || owns)
      // MANAGED apps are the admins' to run, too.
      if (app.lifecycle === 'ON_DEMAND') expect(mayRunApp(actor, app).allowed).toBe(owns)
    }),
  )
})

test('tags open apps to visitors, and change nothing for anybody else', () => {
  fc.assert(
    fc.property(actors, apps, (actor, app) => {
      const untagged = { ...app, tags: [] }
      if (actor.access === 'visitor' && app.visibility === 'ALL_USERS') return
      expect(maySeeApp(actor, app)).toEqual(maySeeApp(actor, untagged))
    }),
  )
})

test('the catalog shows nobody more than they may see', () => {
  fc.assert(
    fc.property(actors, apps, (actor, app) => {
      if (isInCatalogOf(actor, app)) expect(maySeeApp(actor, app).allowed).toBe(true)
    }),
  )
})

type InstanceRule = (actor: Actor, instance: InstanceFacts, app: AppFacts) => Decision
const see: InstanceRule = (actor, instance, app) =>
  maySeeInstance(actor, instance, isInCatalogOf(actor, app))
const open: InstanceRule = (actor, instance, app) =>
  mayOpenInstance(actor, instance, isInCatalogOf(actor, app))

const instanceRules: Record<string, InstanceRule> = {
  maySeeInstance: see,
  mayOpenInstance: open,
  mayReadLog,
  mayControlInstance,
}

describe.each(Object.entries(instanceRules))('%s', (_, rule) => {
  test('more access never takes anything away', () => {
    fc.assert(
      fc.property(ladders, launches, (ladder, { instance, app }) => {
        expectGrowing(ladder, (actor) => rule(actor, instance, app))
      }),
    )
  })

  test('lets nobody do what they may not even see', () => {
    fc.assert(
      fc.property(actors, launches, (actor, { instance, app }) => {
        if (rule(actor, instance, app).allowed) {
          expect(see(actor, instance, app).allowed).toBe(true)
        }
      }),
    )
  })
})

test('a private instance is opened by its owner alone', () => {
  fc.assert(
    fc.property(actors, launches, (actor, { instance, app }) => {
      const one = { ...instance, visibility: 'PRIVATE' as const }
      expect(open(actor, one, app).allowed).toBe(ownsInstance(actor, one))
    }),
  )
})

test('a private instance is seen by its owner, the owner of its app and admins alone', () => {
  fc.assert(
    fc.property(actors, launches, (actor, { instance, app }) => {
      const one = { ...instance, visibility: 'PRIVATE' as const }
      const concerned = [one.owner.id, one.app.ownerId].includes(actor.userId ?? '')
      expect(see(actor, one, app).allowed).toBe(actor.admin || concerned)
    }),
  )
})

test('nobody but its owner and admins controls an instance', () => {
  fc.assert(
    fc.property(actors, launches, (actor, { instance }) => {
      expect(mayControlInstance(actor, instance).allowed).toBe(
        actor.admin || ownsInstance(actor, instance),
      )
    }),
  )
})

test('nobody without full access reads a log', () => {
  fc.assert(
    fc.property(actors, launches, (actor, { instance }) => {
      if (actor.access !== 'fullAccess') expect(mayReadLog(actor, instance).allowed).toBe(false)
    }),
  )
})
