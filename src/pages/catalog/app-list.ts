import { useDeferredValue } from 'react'
import type { App, AppList, Instance } from '../../api/generated/types.gen.ts'
import type { Matches } from '../../features/listing/matches.ts'
import type { Density } from './catalog-params.ts'

/** What every shape of the list shows. */
export type ListedApps = {
  apps: readonly App[]
  matches: Matches
  /** The actor's own, by the app's id; undefined until they are known: no button before that is the right one. */
  instances: ReadonlyMap<string, Instance[]> | undefined
  canPin: boolean
  density: Density
  /** Of all pages, also of those that aren't here yet. */
  total: number
  stale: boolean
}

/** A list of so many stands there whole, for the browser's own search. */
const wholeUpTo = 60

/**
 * How many rows above and below the screen to draw. New results show first where one looks, and then whole.
 *
 * @param nearby rows of a long list, for the next key press and for quick scrolling; each costs its part of a frame
 */
export function useRowsNearby(
  { apps, total }: Pick<ListedApps, 'apps' | 'total'>,
  nearby: number,
): number {
  const areShown = useDeferredValue(apps) === apps
  return areShown && total <= wholeUpTo ? wholeUpTo : nearby
}

/** The apps of all pages. One that moved from a page to the next while they were read stands there once. */
export function appsOf(pages: readonly AppList[]): App[] {
  const byId = new Map(pages.flatMap(({ apps }) => apps.map((app) => [app.id, app] as const)))
  return [...byId.values()]
}
