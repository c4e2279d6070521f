import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chipColors, isHexColor } from './chip-colors.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

/** By the words of WCAG 2.2, apart from the code that is tested. */
function wcagContrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    const [r = 0, g = 0, b = 0] = channels.map((c) =>
      c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

test.each(['light', 'dark'] as const)('whatever was chosen, the text reads: %s', (theme) => {
  fc.assert(
    fc.property(hex, (color) => {
      const drawn = chipColors(color, theme)
      if (drawn === null) throw new Error(`${color} is a colour`)
      const contrast = wcagContrast(drawn.text, drawn.background)
      expect(contrast).toBeGreaterThanOrEqual(4.5)
      expect(contrast).toBeCloseTo(drawn.contrast, 6)
    }),
    { numRuns: 4000 },
  )
})

test('letter case makes no difference', () => {
  expect(chipColors('#AABBCC', 'light')).toEqual(chipColors('#aabbcc', 'light'))
})

test('a colour that reads as it is stays as it is', () => {
  expect(chipColors('#5319e7', 'light')?.text).toBe('#5319e7')
  expect(chipColors('#7ee787', 'dark')?.text).toBe('#7ee787')
})

test('what is no colour is none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (!isHexColor(text)) expect(chipColors(text, 'dark')).toBeNull()
    }),
  )
  for (const text of ['red', '#fff', '#12345g', '#1234567', 'url(x)', '#123456;}', '']) {
    expect(chipColors(text, 'light')).toBeNull()
  }
})
