import type { App, Environment, Instance, TagDetail } from '../../api/generated/types.gen.ts'
import type { Actor } from '../../rules/actor.ts'
import {
  mayChangeAppVisibility,
  mayDeleteApp,
  mayDownloadBundle,
  mayRunApp,
  usualInstanceVisibility,
  usualProfile,
} from '../../rules/apps.ts'
import { commands } from '../../rules/commands.ts'
import { mayControlInstance, mayReadLog } from '../../rules/instances.ts'
import { mayAssignTag } from '../../rules/tags.ts'

/** What somebody can do, and the command that does it. */
export type Line = { readonly what: string; readonly command: string }

/** What this person may do with a version, as one would type it. */
export function appLines(actor: Actor, app: App, environment: Environment | undefined): Line[] {
  const { id, visibility } = app
  const lines: Line[] = [{ what: 'See what it is', command: commands.getApp(id) }]
  if (mayRunApp(actor, app).allowed) {
    const openTo = usualInstanceVisibility(app)
    const profiles = environment?.profiles ?? []
    const usual = usualProfile(app, profiles)
    lines.push({
      what: openTo === 'PRIVATE' ? 'Run it for yourself' : 'Run it for all users',
      command: commands.runApp(id, openTo),
    })
    for (const profile of profiles) {
      if (profile === usual) continue
      lines.push({
        what: `Run it with another profile: ${profile.title}`,
        command: commands.runAppWith(id, openTo, profile.name),
      })
    }
  }
  if (mayDownloadBundle(actor, app).allowed) {
    lines.push({ what: 'Download its bundle', command: commands.downloadApp(id) })
  }
  if (mayChangeAppVisibility(actor, app).allowed) {
    lines.push(
      visibility === 'PRIVATE'
        ? { what: 'Show it to all users', command: commands.updateApp(id, 'ALL_USERS') }
        : { what: 'Keep it to its owner', command: commands.updateApp(id, 'PRIVATE') },
    )
  }
  if (mayDeleteApp(actor, app).allowed) {
    lines.push({ what: 'Delete it, when it has no instances', command: commands.deleteApp(id) })
  }
  return lines
}

/** Tags that this person may put on a version or take off it. */
export function tagLines(actor: Actor, app: App, tags: readonly TagDetail[]): Line[] {
  const assigned = new Set(app.tags.map(({ id }) => id))
  return tags
    .filter((tag) => mayAssignTag(actor, tag, app).allowed)
    .map(({ id, title }) =>
      assigned.has(id)
        ? { what: `Take the tag “${title}” off it`, command: commands.removeTag(id, app.id) }
        : { what: `Put the tag “${title}” on it`, command: commands.assignTag(id, app.id) },
    )
}

/** What this person may do with an instance. */
export function instanceLines(actor: Actor, instance: Instance): Line[] {
  const { id, status, visibility } = instance
  const lines: Line[] = []
  if (mayReadLog(actor, instance).allowed) {
    lines.push(
      { what: 'See how it is', command: commands.instanceStatus(id) },
      { what: 'Follow its log', command: commands.instanceLogs(id) },
    )
  }
  if (mayControlInstance(actor, instance).allowed) {
    lines.push(
      visibility === 'PRIVATE'
        ? { what: 'Open it to all users', command: commands.updateInstance(id, 'ALL_USERS') }
        : { what: 'Keep it to yourself', command: commands.updateInstance(id, 'PRIVATE') },
      status === 'SUSPENDED'
        ? { what: 'Resume it', command: commands.resume(id) }
        : { what: 'Pause it', command: commands.suspend(id) },
      { what: 'End it for good', command: commands.terminate(id) },
    )
  }
  return lines
}

/** What an author types in the folder that a bundle is made of. */
export function folderLines(): Line[] {
  return [
    { what: 'Pack the folder you are in', command: commands.bundle() },
    { what: 'Pack and import it, for yourself', command: commands.importBundle('PRIVATE') },
    {
      what: 'Import it under a version of its own and run it',
      command: commands.deployBundle(),
    },
  ]
}
