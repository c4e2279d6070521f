import { type Changes, appChange, tagChange } from '../changes.ts'
import type { AppOutline } from '../store/tagged-apps.ts'

/**
 * Tags decide who sees an app: whoever did before or does now hears of the change, so that open catalogs follow.
 *
 * @param before the apps that the change touches, as they were; those that are not there now have not changed
 */
export function announce(
  changes: Changes,
  tagIds: readonly { readonly id: string; readonly gone: boolean }[],
  before: readonly AppOutline[],
  after: readonly AppOutline[],
): void {
  const earlier = new Map(before.map((app) => [app.id, app]))
  for (const { id, gone } of tagIds) changes.publish(tagChange(id, gone))
  for (const app of after) changes.publish(appChange(app, false, earlier.get(app.id)))
}
