import type { PaletteCommand } from '../../features/palette/command.ts'
import { flagWords, sortWords } from './catalog-filter.ts'
import {
  type CatalogParams,
  flags,
  isFiltered,
  noFilters,
  sorts,
  type View,
} from './catalog-params.ts'

export type CatalogState = {
  params: CatalogParams
  view: View
  addressOf: (next: Partial<CatalogParams>) => { search: string }
}

/** What the palette can do with the list that is shown. */
export function catalogCommands({ params, view, addressOf }: CatalogState): PaletteCommand[] {
  const to = (next: Partial<CatalogParams>) => addressOf(next).search
  const commands: PaletteCommand[] = [
    ...sorts
      .filter((sort) => sort !== params.sort)
      .map((sort) => ({
        id: `catalog:sort:${sort}`,
        label: `Sort the catalog by ${sortWords[sort].toLowerCase()}`,
        icon: 'sort' as const,
        to: to({ sort }),
      })),
    ...flags.map((flag) => ({
      id: `catalog:${flag}`,
      label: params[flag]
        ? `Stop showing only “${flagWords[flag]}”`
        : `Show only “${flagWords[flag]}”`,
      icon: 'filter' as const,
      to: to({ [flag]: !params[flag] }),
    })),
    view === 'table'
      ? { id: 'catalog:cards', label: 'Show as cards', icon: 'catalog', to: to({ view: 'cards' }) }
      : { id: 'catalog:table', label: 'Show as a table', icon: 'table', to: to({ view: 'table' }) },
  ]
  if (isFiltered(params)) {
    const label = 'Clear the catalog’s filters'
    commands.push({ id: 'catalog:clear', label, icon: 'close', to: to(noFilters) })
  }
  return commands
}
