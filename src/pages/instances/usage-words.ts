const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** “212 of 500 MiB”, “9 MiB of 2 GiB”. */
export function memoryWords(bytes: number, limit: number): string {
  const [used, whole] = [powerOf(bytes), powerOf(limit)]
  const unit = used === whole ? '' : ` ${units[used]}`
  return `${inUnit(bytes, used)}${unit} of ${inUnit(limit, whole)} ${units[whole]}`
}

function powerOf(bytes: number): number {
  const power = Math.floor(Math.log2(Math.max(1, bytes)) / 10)
  return Math.min(units.length - 1, power)
}

function inUnit(bytes: number, power: number): string {
  const size = bytes / 1024 ** power
  return size >= 10 || Number.isInteger(size) ? String(Math.round(size)) : size.toFixed(1)
}

/** “4 %” of one processor; “1.5 processors” above it. */
export function processorWords(processors: number): string {
  return processors >= 1
    ? `${processors.toFixed(1)} processors`
    : `${Math.round(processors * 100)} %`
}
