import { parseQuantity, quantityToBytes } from './quantity.ts'

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const
const decimalUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const

function inUnits(bytes: number, step: number, units: readonly string[]): string {
  let size = bytes
  let index = 0
  while (size >= step && index < units.length - 1) {
    size /= step
    index += 1
  }
  const digits = index === 0 || size >= 100 || Number.isInteger(size) ? 0 : 1
  return `${size.toFixed(digits)} ${units[index] ?? ''}`
}

/** A file's size: “1.8 MB”. */
export function fileSize(bytes: number): string {
  return inUnits(bytes, 1000, decimalUnits)
}

/** A Kubernetes quantity of memory or disk as people read it: `512Mi` → “512 MiB”, `1500M` → “1.5 GB”. */
export function amount(quantity: string): string {
  const parsed = parseQuantity(quantity)
  if (parsed === null) return quantity
  const bytes = quantityToBytes(parsed)
  return quantity.endsWith('i') ? inUnits(bytes, 1024, binaryUnits) : fileSize(bytes)
}

const steps = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const

/** Seconds as “8 h”, “1 h 30 min”, “45 s”. */
export function duration(seconds: number): string {
  const parts: string[] = []
  let rest = Math.max(0, Math.round(seconds))
  for (const { unit, seconds: size } of steps) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`)
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}
