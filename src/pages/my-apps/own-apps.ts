import type { App } from '../../api/generated/types.gen.ts'
import { newestPublished } from '../../rules/publishing.ts'
import { compareVersions } from '../../rules/semver.ts'

/** One app name with all of its owner's versions. */
export type OwnApp = {
  name: string
  /** The highest first. */
  versions: App[]
  /** What others see; undefined while all are private. */
  published: App | undefined
}

/** Versions by name, in the order of their titles. */
export function ownApps(apps: readonly App[]): OwnApp[] {
  return [...Map.groupBy(apps, ({ name }) => name)]
    .map(([name, all]) => {
      const versions = all.toSorted((a, b) => compareVersions(b.version, a.version))
      return { name, versions, published: newestPublished(versions) }
    })
    .toSorted((a, b) => titleOf(a).localeCompare(titleOf(b), 'en'))
}

/** As others see it; before anything is published, as its highest version says. */
export function titleOf({ name, versions, published }: OwnApp): string {
  return (published ?? versions[0])?.title ?? name
}

/** Those that a text is found in: title, name, or a version. */
export function findApps(apps: readonly OwnApp[], text: string): OwnApp[] {
  const wanted = text.trim().toLowerCase()
  return apps.filter(({ name, versions }) =>
    [name, ...versions.flatMap(({ title, version }) => [title, version])].some((each) =>
      each.toLowerCase().includes(wanted),
    ),
  )
}
