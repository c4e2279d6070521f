import { attribute, trueColor } from './ansi.ts'

/** The sixteen named colours. Themes shift their lightness until they can be read, so hue and strength are what counts. */
const named = [
  0x4a585d, 0xc22f3d, 0x1f8a4c, 0xa87400, 0x2f6fd0, 0xa04fc4, 0x0b8a9d, 0x8b9aa2, 0x6b7f88,
  0xe2525f, 0x34a864, 0xc99a1e, 0x5590ea, 0xbf78de, 0x2bb0c4, 0xc4ced2,
]
const cube = [0, 95, 135, 175, 215, 255]

/** A colour of `TextStyle` as CSS; null: as usual. */
export function cssColor(color: number): string | null {
  if (color === 0) return null
  const rgb = color >= trueColor ? color - trueColor : paletteColor(color - 1)
  return `#${rgb.toString(16).padStart(6, '0')}`
}

/** xterm's 256: the named ones, a cube of 6 × 6 × 6, greys. */
function paletteColor(entry: number): number {
  if (entry < 16) return named[entry] ?? 0
  if (entry >= 232) return (8 + (entry - 232) * 10) * 0x01_01_01
  const index = entry - 16
  const part = (step: number) => cube[Math.floor(index / step) % 6] ?? 0
  return (part(36) << 16) | (part(6) << 8) | part(1)
}

export type LookOfText = {
  /** Which attributes, as words for a selector. */
  readonly attributes: string | undefined
  readonly color: string | null
  readonly background: string | null
}

/** Colours and attributes for drawing; inverse is resolved. */
export function lookOf(fg: number, bg: number, attributes: number): LookOfText {
  const isInverse = (attributes & attribute.inverse) !== 0
  const names = (['bold', 'dim', 'italic', 'underline', 'strike'] as const).filter(
    (name) => (attributes & attribute[name]) !== 0,
  )
  return {
    attributes: names.length === 0 ? undefined : names.join(' '),
    color: cssColor(isInverse ? bg : fg),
    background: isInverse ? (cssColor(fg) ?? 'currentColor') : cssColor(bg),
  }
}
