import type { AppFacts } from './apps.ts'
import { compareVersions } from './semver.ts'

type Visibility = AppFacts['visibility']

type Audience = {
  /** Whose visitorRoles open the app to visitors once all users see it. */
  readonly tags: AppFacts['tags']
}

const breadth: Record<Visibility, number> = { PRIVATE: 0, ALL_USERS: 1, PUBLIC: 2 }

/** Who sees an app at a visibility and not at the next narrower one, in words. */
function joining(visibility: Visibility, { tags }: Audience): string[] {
  if (visibility === 'PRIVATE') return []
  const roles = [...new Set(tags.flatMap(({ visitorRoles }) => visitorRoles))].toSorted()
  if (visibility === 'ALL_USERS') {
    const visitors = `Visitors with the role ${listed(roles, 'or')}`
    return ['Everybody with full access', ...(roles.length > 0 ? [visitors] : [])]
  }
  return [roles.length > 0 ? 'All other visitors' : 'All visitors', 'People who haven’t signed in']
}

/** Who gains and who loses sight of an app when its visibility changes. Its owner and admins always see it. */
export function audienceChange(
  from: Visibility,
  to: Visibility,
  audience: Audience,
): { gain: string[]; lose: string[] } {
  const between = (['ALL_USERS', 'PUBLIC'] as const)
    .filter((each) => breadth[each] > Math.min(breadth[from], breadth[to]))
    .filter((each) => breadth[each] <= Math.max(breadth[from], breadth[to]))
    .flatMap((each) => joining(each, audience))
  return breadth[to] > breadth[from] ? { gain: between, lose: [] } : { gain: [], lose: between }
}

function listed(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

type PublishedVersion = {
  readonly id: string
  readonly version: string
  readonly visibility: Visibility
  readonly owner: { readonly id: string }
}

/** One change of visibility. */
export type PublishStep = {
  readonly appId: string
  readonly version: string
  readonly from: Visibility
  readonly to: Visibility
}

/**
 * What publishing a version takes: first it becomes visible to all users, then the owner's other published versions
 * become private. In this order there is a version to run at every moment. Empty where nothing is left to do.
 */
export function publishSteps(
  versions: readonly PublishedVersion[],
  targetId: string,
): PublishStep[] {
  const target = versions.find(({ id }) => id === targetId)
  if (target === undefined) return []
  const step = ({ id, version, visibility }: PublishedVersion, to: Visibility): PublishStep => ({
    appId: id,
    version,
    from: visibility,
    to,
  })
  const others = versions.filter(
    ({ id, owner, visibility }) =>
      id !== targetId && owner.id === target.owner.id && visibility !== 'PRIVATE',
  )
  return [
    ...(target.visibility === 'PRIVATE' ? [step(target, 'ALL_USERS')] : []),
    ...others.map((other) => step(other, 'PRIVATE')),
  ]
}

/** Takes steps back, the last first, so that what was published before is there again before the other one goes. */
export function undoSteps(steps: readonly PublishStep[]): PublishStep[] {
  return steps.toReversed().map(({ from, to, ...version }) => ({ ...version, from: to, to: from }))
}

/** The highest version that others see, by SemVer. */
export function newestPublished<Each extends Pick<PublishedVersion, 'version' | 'visibility'>>(
  versions: readonly Each[],
): Each | undefined {
  return versions
    .filter(({ visibility }) => visibility !== 'PRIVATE')
    .toSorted((a, b) => compareVersions(b.version, a.version))[0]
}
