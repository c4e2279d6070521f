import { actorOf } from '../../src/rules/actor.ts'
import { usualProfile } from '../../src/rules/apps.ts'
import { instanceLimit } from '../../src/rules/limits.ts'
import { roleNames } from '../auth/personas.ts'
import type { Config } from '../config.ts'
import { Problem, unknownProfile } from '../http/problem.ts'
import { needsOf, whatIsMissing } from '../preconditions.ts'
import { findProfile, type Profile, profiles } from '../profiles.ts'
import type { Runtime } from '../scheduler/python.ts'
import type { StoredApp } from '../store/apps.ts'
import { countLive } from '../store/instances.ts'
import type { Database, InstanceRow } from '../store/schema.ts'
import { listSecrets } from '../store/secrets.ts'
import { getUsers } from '../store/users.ts'

type Parts = {
  readonly database: Database
  readonly config: Config
  readonly python: Runtime | null
}

/** @throws {Problem} 409 with what the app lacks */
export async function checkPreconditions(
  parts: Parts,
  app: StoredApp,
  ownerId: string,
): Promise<void> {
  const secrets = await listSecrets(parts.database)
  const means = { ...parts, secrets }
  const [problem] = whatIsMissing(needsOf(app.manifest), app.name, means, ownerId).problems
  if (problem) throw new Problem(409, 'app.not-runnable', problem.message)
}

/** @throws {Problem} 409 where the person has as many instances as they may have */
export async function checkLimit({ database, config }: Parts, ownerId: string): Promise<void> {
  const owner = (await getUsers(database, [ownerId])).get(ownerId)
  const max = instanceLimit(actorOf(ownerId, owner?.roles ?? [], roleNames), config.limits)
  const used = await countLive(database, ownerId)
  if (used < max) return
  throw new Problem(
    409,
    'instance.limit-reached',
    `${used} of ${max} instances are running already. Pause or terminate one first.`,
  )
}

/** @throws {Problem} 422 for PUBLIC where nothing is public */
export function checkVisibility({ config }: Parts, visibility: InstanceRow['visibility']): void {
  if (visibility !== 'PUBLIC' || config.publicMode) return
  throw new Problem(
    422,
    'instance.public-mode-off',
    'This deployment has no public instances. Choose PRIVATE or ALL_USERS.',
  )
}

/**
 * @param name left out: the app's default
 * @throws {Problem} 422 for a name that no profile has
 */
export function chooseProfile(app: StoredApp, name: string | undefined): Profile {
  const chosen =
    name === undefined
      ? usualProfile({ defaultProfile: app.default_profile }, profiles)
      : findProfile(name)
  if (chosen === undefined) throw unknownProfile('profile')
  return chosen
}
