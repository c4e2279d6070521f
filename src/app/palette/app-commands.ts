import type { App, Instance } from '../../api/generated/types.gen.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { primaryAction } from '../../rules/primary-action.ts'
import { webAddress } from '../../ui/web-address.ts'
import type { PaletteActions } from './use-palette-actions.ts'

const iconOf = ({ name, title, icon }: App) => ({ name, title, src: icon })

/** The way to an app's page. */
export function appPageCommand(app: App): PaletteCommand {
  const { id, title, name, version, keywords, tags, category, owner } = app
  return {
    id: `app:${id}`,
    label: title,
    aliases: [name, 'open', category, owner.name, ...keywords, ...tags.map((tag) => tag.title)],
    hint: version,
    icon: iconOf(app),
    to: paths.app(id),
  }
}

type About = {
  actor: Actor
  slots: { used: number; max: number }
  /** The person's own instances, of whatever app. */
  instances: readonly Instance[]
  actions: PaletteActions
  /** Where to come back to after signing in. */
  here: string
}

/**
 * Starting an app, visiting the instance its owner runs for all, or opening its link; null where the person's own
 * instances offer what there is to do.
 */
export function launchCommand(app: App, about: About): PaletteCommand | null {
  const { id, title } = app
  const own = about.instances.filter((instance) => instance.app.id === id)
  // One's own are offered by themselves; what is left is one more.
  const action = primaryAction(
    about.actor,
    own.length === 0 ? app : { ...app, visitInstance: null },
    [],
    about.slots,
  )
  const words = {
    label: own.length === 0 ? `Run ${title}` : `Run another ${title}`,
    aliases: [app.name, 'run', 'launch', 'start', 'open'],
    hint: app.version,
    icon: iconOf(app),
  }
  switch (action.kind) {
    case 'run':
      return { ...words, id: `run:${id}`, icon: 'play', act: () => about.actions.run(app) }
    case 'visit':
      return {
        ...words,
        id: `visit:${action.instanceId}`,
        label: `Visit ${title}`,
        act: () => about.actions.visit(action.instanceId, title),
      }
    case 'open': {
      const link = webAddress(action.link)
      const reason =
        link === null ? 'Its address is not a web address, so it can’t be opened.' : null
      return {
        ...words,
        id: `open:${id}`,
        label: `Open ${title} in a new tab`,
        reason,
        act: () => {
          if (link !== null) window.open(link, '_blank', 'noopener,noreferrer')
        },
      }
    }
    case 'signIn':
      return {
        ...words,
        id: `sign-in:${id}`,
        label: `Sign in to run ${title}`,
        to: paths.signIn(about.here),
      }
    case 'full':
    case 'none':
      return { ...words, id: `run:${id}`, icon: 'play', reason: action.reason, act: () => {} }
    default:
      return null
  }
}
