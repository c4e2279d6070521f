const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** “212 of 500 MiB”: both in the limit's unit, so that they can be compared at a glance. */
export function memoryWords(bytes: number, limit: number): string {
  const power = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, limit)) / Math.log(1024))),
  )
  const shown = (value: number) => {
    const size = value / 1024 ** power
    return size >= 10 || Number.isInteger(size) ? String(Math.round(size)) : size.toFixed(1)
  }
  return `${shown(bytes)} of ${shown(limit)} ${units[power]}`
}

/** “4 %” of one processor; “1.5 processors” above it. */
export function processorWords(processors: number): string {
  return processors >= 1
    ? `${processors.toFixed(1)} processors`
    : `${Math.round(processors * 100)} %`
}
