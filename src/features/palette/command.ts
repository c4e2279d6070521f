import type { IconName } from '../../ui/Icon.tsx'
import type { Range } from './match.ts'

/** What stands before a command: a drawing, or an app's own icon. */
export type CommandIcon =
  | IconName
  | { readonly name: string; readonly title: string; readonly src: string | null }

/** Something the palette can find and do. */
export type PaletteCommand = {
  /** Stable, because the recent ones are remembered by it. */
  readonly id: string
  /** What it does, beginning with the verb: “Pause Sales forecast”. A place is called by its name. */
  readonly label: string
  /** Other words it is found by. */
  readonly aliases?: readonly string[]
  /** Tells it from others with the same label: a version, a status. */
  readonly hint?: string
  readonly icon: CommandIcon
  /** Why it can't be done now, as a sentence; it is shown, and choosing it does nothing. */
  readonly reason?: string | null
  /** Its words are still on their way; until then it keeps its place. */
  readonly loading?: true
} & (
  | {
      /** An address in the catalog. */
      readonly to: string
    }
  | { readonly act: () => void }
)

/** A command where the palette shows it. */
export type PaletteRow = {
  readonly group: string
  readonly command: PaletteCommand
  /** Highlighted in the label. */
  readonly ranges: readonly Range[]
}

export type CommandGroup = {
  readonly label: string
  readonly commands: readonly PaletteCommand[]
  /** Shown at most. */
  readonly max: number
}
