import type {
  App,
  AppVisibility,
  Environment,
  Me,
  Person,
  TagDetail,
} from '../../api/generated/types.gen.ts'
import { actorFrom } from '../../api/session.ts'
import type { Manifest } from '../../bundle/manifest/manifest.ts'
import { amount, duration } from '../../rules/amounts.ts'
import type { Actor } from '../../rules/actor.ts'
import { primaryAction } from '../../rules/primary-action.ts'

/** Through whose eyes a listing is looked at. */
export type Onlooker = 'self' | 'user' | 'visitor'

type Source = {
  manifest: Manifest
  owner: Person
  visibility: AppVisibility
  tags: readonly TagDetail[]
  icon: string | null
  /** Seconds, where the manifest says nothing. */
  defaultTimeout: number | null
}

export type PreviewApp = Pick<
  App,
  | 'name'
  | 'version'
  | 'title'
  | 'description'
  | 'category'
  | 'tags'
  | 'owner'
  | 'icon'
  | 'visibility'
  | 'lifecycle'
  | 'link'
  | 'preconditions'
  | 'visitInstance'
  | 'runtime'
  | 'instanceTimeout'
>

/** The app that the platform would make of a bundle, as far as the catalog shows it. */
export function previewApp({ manifest, tags, defaultTimeout, ...rest }: Source): PreviewApp {
  const { runtime, instanceTimeout } = manifest
  return {
    ...rest,
    name: manifest.name,
    version: manifest.version,
    title: manifest.title,
    description: manifest.description,
    category: manifest.category,
    tags: tags.filter(({ name }) => manifest.tags.includes(name)),
    lifecycle: manifest.lifecycle,
    link: manifest.link,
    preconditions: { runnable: true, problems: [], secrets: { needed: 0, present: 0 } },
    visitInstance: null,
    instanceTimeout: instanceTimeout === 'never' ? null : (instanceTimeout ?? defaultTimeout),
    runtime:
      runtime === null
        ? null
        : {
            mode: runtime.appMode,
            version: runtime.runtimeVersion,
            memoryLimit: runtime.memoryLimit,
            memoryReservation: runtime.memoryReservation,
            volumeMount: runtime.volumeMount,
            volumeSize: runtime.volumeSize,
            routingMode: runtime.routingMode,
          },
  }
}

/** Somebody to ask the rules about; the ids of the others are nobody's. */
export function onlookerActor(onlooker: Onlooker, me: Me, roles: readonly string[]): Actor {
  if (onlooker === 'self') return actorFrom(me)
  const access = onlooker === 'user' ? 'fullAccess' : 'visitor'
  return { userId: '(somebody)', access, admin: false, roles: onlooker === 'user' ? [] : roles }
}

const labels = {
  run: 'Run',
  visit: 'Visit',
  starting: 'Starting…',
  resume: 'Resume',
  open: 'Open ↗',
}

/** The button that they would get, and the words beside it. */
export function previewAction(
  actor: Actor,
  app: PreviewApp,
  { limits }: Environment,
): { label: string; words: string } {
  const max = actor.access === 'visitor' ? limits.instancesPerVisitor : limits.instancesPerUser
  const action = primaryAction(actor, app, [], { used: 0, max })
  if (action.kind === 'none' || action.kind === 'full') {
    return { label: app.lifecycle === 'MANAGED' ? 'Visit' : 'Run', words: action.reason }
  }
  if (action.kind === 'signIn') return { label: 'Sign in', words: '' }
  if (action.kind === 'open') return { label: labels.open, words: 'Opens outside the platform' }
  return { label: labels[action.kind], words: demands(app) }
}

function demands({ runtime, instanceTimeout, lifecycle }: PreviewApp): string {
  if (lifecycle === 'MANAGED') return 'Runs for everyone who sees it'
  const memory = runtime?.memoryLimit ?? null
  const parts = [memory === null ? 'Their own instance' : `Up to ${amount(memory)}`]
  if (instanceTimeout !== null) parts.push(`pauses after ${duration(instanceTimeout)}`)
  return parts.join(', ')
}
