import type { Me } from '../../api/generated/types.gen.ts'
import { actorFrom } from '../../api/session.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { paths } from '../../paths.ts'
import { mayImport } from '../../rules/apps.ts'
import { mayCreateTag } from '../../rules/tags.ts'
import { navItems } from '../shell/nav.tsx'
import type { PaletteActions } from './use-palette-actions.ts'

type Mode = 'light' | 'dark' | 'system'

const themes: readonly { mode: Mode; label: string; aliases: readonly string[] }[] = [
  { mode: 'dark', label: 'Dark theme', aliases: ['night', 'black', 'mode', 'appearance'] },
  { mode: 'light', label: 'Light theme', aliases: ['day', 'white', 'mode', 'appearance'] },
  { mode: 'system', label: 'System theme', aliases: ['auto', 'mode', 'appearance'] },
]

/** The pages that the navigation has, too; what only some may open says why the others may not. */
export function pageCommands(me: Me | undefined): PaletteCommand[] {
  const pages = navItems(me)
    .filter((item) => item.to !== paths.import())
    .map((item): PaletteCommand => ({
      id: `page:${item.to}`,
      label: item.label,
      aliases: ['go to', 'open', 'page'],
      icon: item.icon,
      to: item.to,
    }))
  if (me === undefined || me.user === null) return pages
  const decision = mayImport(actorFrom(me))
  const tagging = mayCreateTag(actorFrom(me))
  return [
    ...pages,
    {
      id: `page:${paths.import()}`,
      label: 'Import a bundle',
      aliases: ['upload', 'publish', 'new app', 'open', 'page'],
      icon: 'box',
      reason: decision.allowed ? null : decision.reason,
      to: paths.import(),
    },
    {
      id: 'tags:new',
      label: 'New tag',
      aliases: ['create', 'label', 'category'],
      icon: 'tag',
      reason: tagging.allowed ? null : tagging.reason,
      to: paths.newTag(),
    },
  ]
}

/**
 * @param mode the theme that is chosen
 * @param here where to come back to after signing in
 */
export function otherCommands(
  me: Me | undefined,
  mode: Mode | undefined,
  here: string,
  actions: PaletteActions,
): PaletteCommand[] {
  const commands = themes.map(({ mode: wanted, label, aliases }): PaletteCommand => ({
    id: `theme:${wanted}`,
    label,
    aliases,
    icon: 'theme',
    ...(mode === wanted ? { hint: 'In use' } : {}),
    act: () => actions.setTheme(wanted, label),
  }))
  commands.push({
    id: 'shortcuts',
    label: 'Keyboard shortcuts',
    aliases: ['help', 'keys'],
    hint: '?',
    icon: 'info',
    act: actions.showShortcuts,
  })
  if (me === undefined) return commands
  commands.push(
    me.user === null
      ? {
          id: 'sign-in',
          label: 'Sign in',
          aliases: ['log in'],
          icon: 'arrow',
          to: paths.signIn(here),
        }
      : {
          id: 'sign-out',
          label: 'Sign out',
          aliases: ['log out', 'leave'],
          hint: me.user.name,
          icon: 'signOut',
          act: actions.signOut,
        },
  )
  return commands
}
