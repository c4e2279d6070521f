/** Apart from each other, and without the muddy yellows. */
const hues = [8, 32, 58, 138, 160, 188, 216, 244, 268, 292, 318, 345]

/** A hue in degrees, always the same for the same text (FNV-1a). */
export function hueOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  return hues[hash % hues.length] ?? 0
}
