import type { Me } from '../../api/generated/types.gen.ts'
import { actorFrom } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { mayImport } from '../../rules/apps.ts'
import { maySeeTags } from '../../rules/tags.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { CatalogPage, ImportPage, InstancesPage, MyAppsPage, TagsPage } from '../pages.ts'

export type NavItem = {
  label: string
  /** For the bottom bar. */
  shortLabel: string
  to: string
  icon: IconName
  /** How many are running; 0 shows nothing. */
  count: number
  preload: () => Promise<void>
  /** Whether the page at this path belongs to the item. */
  covers: (pathname: string) => boolean
}

/** The ways that lead somewhere for this person. */
export function navItems(me: Me | undefined): NavItem[] {
  const catalog: NavItem = {
    label: 'Catalog',
    shortLabel: 'Catalog',
    to: paths.catalog(),
    icon: 'catalog',
    count: 0,
    preload: CatalogPage.preload,
    covers: (pathname) => pathname === paths.catalog() || pathname.startsWith('/apps/'),
  }
  if (me === undefined || me.user === null) return [catalog]
  const items: NavItem[] = [
    catalog,
    {
      label: 'My instances',
      shortLabel: 'Instances',
      to: paths.instances(),
      icon: 'play',
      count: me.limits.instances.used,
      preload: InstancesPage.preload,
      covers: (pathname) => pathname.startsWith(paths.instances()),
    },
  ]
  if (mayImport(actorFrom(me)).allowed) {
    items.push({
      label: 'My apps',
      shortLabel: 'My apps',
      to: paths.myApps(),
      icon: 'person',
      count: 0,
      preload: MyAppsPage.preload,
      covers: (pathname) => pathname === paths.myApps(),
    })
    items.push({
      label: 'Import',
      shortLabel: 'Import',
      to: paths.import(),
      icon: 'box',
      count: 0,
      preload: ImportPage.preload,
      covers: (pathname) => pathname === paths.import(),
    })
  }
  if (maySeeTags(actorFrom(me)).allowed) {
    items.push({
      label: 'Tags',
      shortLabel: 'Tags',
      to: paths.tags(),
      icon: 'tag',
      count: 0,
      preload: TagsPage.preload,
      covers: (pathname) => pathname.startsWith(paths.tags()),
    })
  }
  return items
}
