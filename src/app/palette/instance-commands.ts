import type { Instance } from '../../api/generated/types.gen.ts'
import { statusWords } from '../../features/launch/instance-words.ts'
import type { PaletteCommand } from '../../features/palette/command.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import type { Decision } from '../../rules/decision.ts'
import { mayControlInstance, mayReadLog } from '../../rules/instances.ts'
import type { PaletteActions } from './use-palette-actions.ts'

type About = {
  actor: Actor
  /** Why nothing can be started or resumed; null where it can. */
  full: string | null
  actions: PaletteActions
}

const reasonOf = (decision: Decision) => (decision.allowed ? null : decision.reason)

const clock = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
})

/** “Running · 1.1.0”; where another instance would read the same, since when instead of the version they share. */
function hintOf(instance: Instance, all: readonly Instance[]): string {
  const { status, app, createdAt } = instance
  const alike = all.filter((each) => each.app.id === app.id && each.status === status)
  const apart = alike.length > 1 ? clock.format(new Date(createdAt)) : app.version
  return `${statusWords[status]} · ${apart}`
}

/** What can be done with one instance of the person's own, the likeliest first; the same as on its row. */
function commandsOf(instance: Instance, hint: string, { actor, full, actions }: About) {
  const { id, status, app } = instance
  const { title } = app
  const aliases = [app.name]
  const icon = { name: app.name, title, src: app.icon }
  const control = reasonOf(mayControlInstance(actor, instance))
  const commands: PaletteCommand[] = []
  if (status === 'DEPLOYED') {
    commands.push(
      {
        id: `visit:${id}`,
        label: `Visit ${title}`,
        aliases: [...aliases, 'open', 'go'],
        hint,
        icon,
        act: () => actions.visit(id, title),
      },
      {
        id: `pause:${id}`,
        label: `Pause ${title}`,
        aliases: [...aliases, 'suspend', 'stop'],
        hint,
        icon: 'pause',
        reason: control,
        act: () => actions.askToPause(instance),
      },
    )
  } else if (status === 'SUSPENDED' || status === 'FAILED') {
    commands.push({
      id: `resume:${id}`,
      label: status === 'FAILED' ? `Try ${title} again` : `Resume ${title}`,
      aliases: [...aliases, 'resume', 'run', 'start', 'continue', 'open'],
      hint,
      icon,
      reason: control ?? full,
      act: () => actions.resume(id, title),
    })
  } else {
    commands.push({
      id: `show:${id}`,
      label: `Show ${title}`,
      aliases: [...aliases, 'open'],
      hint,
      icon,
      to: paths.app(app.id),
    })
  }
  commands.push(
    {
      id: `log:${id}`,
      label: `Log of ${title}`,
      aliases: [...aliases, 'logs', 'output'],
      hint,
      icon: 'log',
      reason: reasonOf(mayReadLog(actor, instance)),
      to: paths.instanceLog(id),
    },
    {
      id: `terminate:${id}`,
      label: `Terminate ${title}…`,
      aliases: [...aliases, 'end', 'stop', 'delete'],
      hint,
      icon: 'close',
      reason: control,
      act: () => actions.askToTerminate(instance),
    },
  )
  return commands
}

/**
 * Commands for the person's own instances: first the likeliest of each, then the others.
 *
 * @param onlyFirst without the others, where nothing is asked for yet
 */
export function instanceCommands(
  instances: readonly Instance[],
  about: About,
  onlyFirst: boolean,
): PaletteCommand[] {
  const commands = instances.map((each) => commandsOf(each, hintOf(each, instances), about))
  const first = commands.flatMap((each) => each.slice(0, 1))
  return onlyFirst ? first : [...first, ...commands.flatMap((each) => each.slice(1))]
}
