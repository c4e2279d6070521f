import { useColorScheme } from '@mui/material/styles'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { matchPath, useLocation } from 'react-router'
import { appOptions } from '../../api/apps.ts'
import type { App, Me } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { actorFrom } from '../../api/session.ts'
import type { PaletteCommand, PaletteRow } from '../../features/palette/command.ts'
import { match, queryWords } from '../../features/palette/match.ts'
import { useOfferedCommands } from '../../features/palette/page-commands.ts'
import { rank, withoutRepeats } from '../../features/palette/rank.ts'
import { ownStorage, readRecent } from '../../features/palette/recent.ts'
import { paths } from '../../paths.ts'
import { anonymous } from '../../rules/actor.ts'
import { whyNoSlot } from '../../rules/limits.ts'
import { appPageCommand, launchCommand } from './app-commands.ts'
import { otherCommands, pageCommands } from './general-commands.ts'
import { instanceCommands } from './instance-commands.ts'
import { useAppSearch, verbsOf, withoutVerbs } from './use-app-search.ts'
import type { PaletteActions } from './use-palette-actions.ts'

const maxRecentShown = 5
/** Apps that are offered to be run right below the way to their page. */
const launchedFirst = 3
/** Of the apps meant by a text with a verb, those that are offered at all. */
const maxMeant = 20
const noSlots = { used: 0, max: 0 }

const appIdPattern = /^(?:app|run|open):(.+)$/

/** Everything the palette shows for a text, and whether more is to come. */
export function usePaletteRows(text: string, me: Me | undefined, actions: PaletteActions) {
  const actor = me === undefined ? anonymous : actorFrom(me)
  const slots = me?.limits.instances ?? noSlots
  const { mode } = useColorScheme()
  const offeredByPage = useOfferedCommands()
  const mine = useQuery(myInstancesOptions(actor.userId))
  const search = useAppSearch(text)
  // As it was when the palette opened: what is chosen now counts the next time.
  const [recent] = useState(() => readRecent(ownStorage(), actor.userId))
  const typed = queryWords(text)

  const { pathname, search: query } = useLocation()
  const here = pathname + query
  const shownId = matchPath('/apps/:appId', pathname)?.params['appId']
  const shown = useQuery({ ...appOptions(shownId ?? ''), enabled: shownId !== undefined })

  const instances = mine.data?.instances ?? []
  const about = { actor, slots, instances, actions, here, full: whyNoSlot(slots) }
  const launchShown = shown.data === undefined ? null : launchCommand(shown.data, about)
  const offered = launchShown === null ? offeredByPage : [launchShown, ...offeredByPage]
  const pages = pageCommands(me)
  const others = otherCommands(me, mode, here, actions)

  const recentIds = recent
    .flatMap((id) => appIdPattern.exec(id)?.[1] ?? [])
    .slice(0, maxRecentShown)
  const recentApps = useQueries({
    queries: [...new Set(recentIds)].map((id) => ({ ...appOptions(id), retry: false })),
  })

  /** The way to each app's page, and for the first of them what can be done with it at once. */
  function ofApps(apps: readonly App[], launched: number): PaletteCommand[] {
    return apps.flatMap((app, index) => {
      const launch = index < launched ? launchCommand(app, about) : null
      return launch === null ? [appPageCommand(app)] : [appPageCommand(app), launch]
    })
  }

  if (text.trim() === '') {
    const known = recentApps.flatMap(({ data }) => (data === undefined ? [] : [data]))
    const all = new Map(
      [
        ...instanceCommands(instances, about, false),
        ...offered,
        ...pages,
        ...others,
        ...ofApps(known, known.length),
      ].map((command) => [command.id, command]),
    )
    const waiting = recentApps.some(({ isPending }) => isPending) || mine.isLoading
    const rows = [
      ...rowsOf('Recent', recentCommands(recent, all, waiting)),
      ...rowsOf('On this page', offered.slice(0, 4)),
      ...rowsOf('My instances', instanceCommands(instances, about, true).slice(0, 6)),
      ...rowsOf('Pages', pages),
      ...rowsOf('Commands', others),
    ]
    return { rows: withoutRepeats(rows), busy: false, error: null, retry: search.retry }
  }

  const local = rank(
    [
      { label: 'My instances', commands: instanceCommands(instances, about, false), max: 12 },
      { label: 'On this page', commands: offered, max: 8 },
      { label: 'Pages and commands', commands: [...pages, ...others], max: 10 },
    ],
    typed,
    recent,
  )
  const found = [
    // “run sales”: the platform knows what is called so, and the verb says what of it is meant.
    ...bestFirst(
      ofApps(byTitle(search.meant, queryWords(withoutVerbs(text))), maxMeant),
      queryWords(verbsOf(text)),
    ),
    ...ofApps(byTitle(search.apps, typed), launchedFirst),
  ]
  const more: PaletteCommand[] =
    search.total > search.apps.length
      ? [
          {
            id: 'search',
            label: `Show all ${search.total} apps found`,
            icon: 'search',
            to: paths.search(text.trim()),
          },
        ]
      : []
  // Last, because they come last: what is there already must not move.
  const apps = rowsOf('Apps', [...found, ...more]).map((row) => ({
    ...row,
    ranges: row.command.id === 'search' ? [] : (match(row.command.label, typed)?.ranges ?? []),
  }))
  return {
    rows: withoutRepeats([...local, ...apps]),
    busy: search.busy,
    error: search.error,
    retry: search.retry,
  }
}

function rowsOf(group: string, commands: readonly PaletteCommand[]): PaletteRow[] {
  return commands.map((command) => ({ group, command, ranges: [] }))
}

/** What was chosen last and can be had now; what isn't known yet keeps its place. */
function recentCommands(
  ids: readonly string[],
  all: ReadonlyMap<string, PaletteCommand>,
  waiting: boolean,
): PaletteCommand[] {
  return ids
    .flatMap((id): PaletteCommand[] => {
      const command = all.get(id)
      if (command !== undefined) return [command]
      return waiting && appIdPattern.test(id)
        ? [{ id, label: '', icon: 'catalog', loading: true, to: '' }]
        : []
    })
    .slice(0, maxRecentShown)
}

function bestFirst(commands: readonly PaletteCommand[], typed: readonly string[]) {
  return commands
    .map((command) => ({ command, score: match(command.label, typed, command.aliases)?.score }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ command }) => command)
}

/** Apps whose title is meant come before those found by their description; otherwise the platform's order stays. */
function byTitle(apps: readonly App[], typed: readonly string[]): App[] {
  const tier = ({ title }: App) => {
    const score = match(title, typed)?.score ?? 0
    return score >= 80 ? 0 : score > 0 ? 1 : 2
  }
  return apps.toSorted((a, b) => tier(a) - tier(b))
}
