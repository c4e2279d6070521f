import type { Change } from '../src/api/generated/types.gen.ts'
import type { Actor } from '../src/rules/actor.ts'
import { type AppFacts, isInCatalogOf, maySeeApp } from '../src/rules/apps.ts'
import { maySeeInstance } from '../src/rules/instances.ts'
import { maySeeTags } from '../src/rules/tags.ts'
import type { StoredInstance } from './store/instances.ts'

/** Says what changed and who may hear of it. */
export type ChangeNotice = {
  readonly change: Change
  readonly mayHear: (actor: Actor) => boolean
}

type Listener = (notice: ChangeNotice) => void

/** Carries changes to whoever follows them now. There is no history: a follower that comes back reads again. */
export class Changes {
  readonly #listeners = new Set<Listener>()

  publish(notice: ChangeNotice): void {
    for (const listener of this.#listeners) listener(notice)
  }

  follow(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

type NamedApp = AppFacts & { readonly id: string; readonly name: string }

/** @param before the app as it was, where visibility changed: who loses sight of it hears of that, too */
export function appChange(app: NamedApp, gone: boolean, before: AppFacts = app): ChangeNotice {
  return {
    change: { kind: 'app', id: app.id, appName: app.name, gone },
    mayHear: (actor) => maySeeApp(actor, app).allowed || maySeeApp(actor, before).allowed,
  }
}

/** An edit of a tag, or of what it is assigned to. */
export function tagChange(id: string, gone: boolean): ChangeNotice {
  return {
    change: { kind: 'tag', id, appName: '', gone },
    mayHear: (actor) => maySeeTags(actor).allowed,
  }
}

export function instanceChange(
  instance: StoredInstance,
  gone: boolean,
  before: StoredInstance = instance,
): ChangeNotice {
  const { storedApp } = instance
  return {
    change: { kind: 'instance', id: instance.id, appName: storedApp.name, gone },
    mayHear: (actor) => {
      const inCatalog = isInCatalogOf(actor, storedApp)
      return (
        maySeeInstance(actor, instance, inCatalog).allowed ||
        maySeeInstance(actor, before, inCatalog).allowed
      )
    },
  }
}
