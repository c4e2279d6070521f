import { usePageCommands } from '../../features/palette/page-commands.ts'
import { catalogCommands, type CatalogState } from './catalog-commands.ts'

/** Brings the list's commands into the palette; apart, because nobody opens that before the page stands. */
export function CatalogCommands({ params, view, addressOf }: CatalogState) {
  usePageCommands(catalogCommands({ params, view, addressOf }))
  return null
}
