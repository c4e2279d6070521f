import { dark, light } from './tokens.ts'

export type ChipTheme = 'light' | 'dark'

/** A chip as it is drawn in one theme: hex colours, and the contrast of the text (WCAG 2.2, 1.4.3). */
export type ChipColors = {
  readonly background: string
  readonly text: string
  readonly contrast: number
}

type Rgb = readonly [number, number, number]

/** WCAG 2.2, 1.4.3 asks 4.5 of text of a chip's size; a little more spares tired eyes. */
const aimedContrast = 5

/** How much of the chosen colour is in the background, the rest being the theme's surface. */
const themes = {
  light: { surface: light.surface, share: 0.14, towards: 0 },
  dark: { surface: dark.surface, share: 0.22, towards: 1 },
} as const

const hexPattern = /^#[0-9a-f]{6}$/i

export function isHexColor(text: string): boolean {
  return hexPattern.test(text)
}

const known = new Map<string, ChipColors>()
const knownAtMost = 2000

/**
 * How a chip in a chosen colour looks: a tint of it behind a text of the same hue, whose lightness moves away from the
 * background until it reads. Null for what is no `#RRGGBB`.
 */
export function chipColors(color: string, theme: ChipTheme): ChipColors | null {
  if (!isHexColor(color)) return null
  const key = theme + color.toLowerCase()
  const found = known.get(key) ?? compute(color, theme)
  if (known.size >= knownAtMost) known.clear()
  known.set(key, found)
  return found
}

function compute(color: string, theme: ChipTheme): ChipColors {
  const { surface, share, towards } = themes[theme]
  const chosen = parse(color)
  const base = parse(surface)
  const background = format(mix(chosen, base, share))
  const { lightness, a, b } = toOklab(chosen)
  // In steps that are too small to see, and with nothing left of the hue where only black or white reads.
  for (let step = 0; step <= 100; step += 1) {
    const reached = step / 100
    const text = format(
      fromOklab({ lightness: lightness + (towards - lightness) * reached, a, b }, 1 - reached),
    )
    const contrast = contrastOf(text, background)
    if (contrast >= aimedContrast) return { background, text, contrast }
  }
  const text = towards === 0 ? '#000000' : '#ffffff'
  return { background, text, contrast: contrastOf(text, background) }
}

/** The contrast of two hex colours, 1 to 21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(parse(one)), luminance(parse(other))].sort(
    (a, b) => a - b,
  )
  return (lighter + 0.05) / (darker + 0.05)
}

function parse(hex: string): Rgb {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

function format(rgb: Rgb): string {
  const part = (value: number) =>
    Math.round(Math.min(1, Math.max(0, value)) * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${rgb.map(part).join('')}`
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => one[at] * share + other[at] * (1 - share)
  return [part(0), part(1), part(2)]
}

const linear = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

const encoded = (value: number) =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

type Oklab = { readonly lightness: number; readonly a: number; readonly b: number }

// The matrices are those of CSS Color 4, section 9.
function toOklab(rgb: Rgb): Oklab {
  const [red, green, blue] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])]
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  }
}

/** @param chroma how much of its chroma is kept, 0 to 1 */
function fromOklab({ lightness, a, b }: Oklab, chroma: number): Rgb {
  const l = (lightness + chroma * (0.3963377774 * a + 0.2158037573 * b)) ** 3
  const m = (lightness - chroma * (0.1055613458 * a + 0.0638541728 * b)) ** 3
  const s = (lightness - chroma * (0.0894841775 * a + 1.291485548 * b)) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  return [encodedSafely(red), encodedSafely(green), encodedSafely(blue)]
}

const encodedSafely = (value: number) => encoded(Math.min(1, Math.max(0, value)))
