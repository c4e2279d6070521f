const UNITS = ['bytes', 'KB', 'MB', 'GB']

/** A size as people read it: "412 bytes", "1.5 KB". Units are of 1024. */
export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`
}
