const firstLetters = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu

/** The first letters of the first words, at most `count`, as capitals. */
export function initials(text: string, count: number): string {
  const letters = text.match(firstLetters) ?? []
  return letters.slice(0, count).join('').toLocaleUpperCase()
}
