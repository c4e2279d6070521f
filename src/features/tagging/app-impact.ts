import type { App, Tag, TagImpact } from '../../api/generated/types.gen.ts'
import { whoSees } from '../../rules/audience.ts'

type Impacted = Pick<
  App,
  'id' | 'name' | 'version' | 'title' | 'owner' | 'visibility' | 'lifecycle'
>

function visitorRoles(
  app: Impacted,
  tags: readonly Tag[],
  visibility: App['visibility'],
): string[] {
  return whoSees({ ...app, visibility, tags }).flatMap((audience) =>
    audience.who === 'visitors' ? [audience.role] : [],
  )
}

/** Which visitors gain and lose sight of one app when its tags change: the platform's rule, asked before and after. */
export function appImpact(app: Impacted, before: readonly Tag[], after: readonly Tag[]): TagImpact {
  const at = (visibility: App['visibility']) => {
    const had = visitorRoles(app, before, visibility)
    const has = visitorRoles(app, after, visibility)
    return {
      gained: has.filter((role) => !had.includes(role)),
      lost: had.filter((role) => !has.includes(role)),
      closed: had.length > 0 && has.length === 0,
    }
  }
  const now = at(app.visibility)
  const published = at('ALL_USERS')
  const changes = now.gained.length + now.lost.length > 0
  const { id, name, version, title } = app
  return {
    apps: changes ? [{ id, name, version, title, ...now }] : [],
    nextPageToken: null,
    totalSize: changes ? 1 : 0,
    gained: now.gained.length,
    lost: now.lost.length,
    closed: now.closed ? 1 : 0,
    privateCount:
      app.visibility === 'PRIVATE' && published.gained.length + published.lost.length > 0 ? 1 : 0,
    warnings: now.closed
      ? [{ code: 'apps-closed', message: 'No visitor would reach this app any more.' }]
      : [],
  }
}
