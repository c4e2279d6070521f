import { compareQuantities, parseQuantity, type Quantity } from '../../rules/quantity.ts'
import { error, warning } from '../finding.ts'
import { clip } from './table.ts'
import type { RuntimeSection } from './runtime-rules.ts'

type QuantityKey =
  | 'VolumeSize'
  | 'ResourceVolumeSize'
  | 'MemoryLimit'
  | 'MemoryReservation'
  | 'CPULimit'
  | 'CPUReservation'

const KEYS: readonly QuantityKey[] = [
  'VolumeSize',
  'ResourceVolumeSize',
  'MemoryLimit',
  'MemoryReservation',
  'CPULimit',
  'CPUReservation',
]

const ZERO: Quantity = { nano: 0n }
/** One MiB: less memory or disk than this is a mistaken unit ("512" or "500m" for "512Mi"). */
const SMALLEST_BYTES: Quantity = { nano: 1024n * 1024n * 1_000_000_000n }
/** Characters of a quantity that is mistaken for another spelling; longer ones are no mistake. */
const MAX_FIXABLE = 64
/** More cores than any node has: a memory unit at a CPU key. */
const MOST_CORES: Quantity = { nano: 4096n * 1_000_000_000n }

/** Checks the quantities of `[Runtime]`; the texts come back as the author wrote them. */
export function readQuantities(section: RuntimeSection): Record<QuantityKey, string | null> {
  const texts = Object.fromEntries(KEYS.map((key) => [key, section.text(key)]))
  const parsed = new Map<QuantityKey, Quantity>()
  for (const key of KEYS) {
    const text = texts[key] ?? null
    const quantity = text === null ? null : checkQuantity(section, key, text)
    if (quantity !== null) parsed.set(key, quantity)
  }
  checkReservation(section, parsed, 'Memory')
  checkReservation(section, parsed, 'CPU')
  const text = (key: QuantityKey) => texts[key] ?? null
  return {
    VolumeSize: text('VolumeSize'),
    ResourceVolumeSize: text('ResourceVolumeSize'),
    MemoryLimit: text('MemoryLimit'),
    MemoryReservation: text('MemoryReservation'),
    CPULimit: text('CPULimit'),
    CPUReservation: text('CPUReservation'),
  }
}

function checkQuantity(section: RuntimeSection, key: QuantityKey, text: string): Quantity | null {
  const place = section.place(key)
  const isCpu = key.startsWith('CPU')
  const quantity = parseQuantity(text)
  if (quantity === null) {
    const fixed = fixQuantity(text)
    section.report(
      error(
        'runtime.quantity-invalid',
        `"${clip(text)}" is no quantity. Write ${isCpu ? '"500m" or "1.5"' : '"512Mi" or "2Gi"'}, as Kubernetes does.`,
        fixed === null ? place : { ...place, fix: `${key} = "${fixed}"` },
      ),
    )
    return null
  }
  if (compareQuantities(quantity, ZERO) <= 0) {
    section.report(error('runtime.quantity-not-positive', `${key} must be more than zero.`, place))
    return null
  }
  if (!isCpu && compareQuantities(quantity, SMALLEST_BYTES) < 0) {
    section.report(
      warning(
        'runtime.quantity-tiny',
        `${key} = "${clip(text)}" is less than 1Mi, as quantities count bytes. Add a unit such as Mi or Gi.`,
        place,
      ),
    )
  } else if (isCpu && compareQuantities(quantity, MOST_CORES) > 0) {
    section.report(
      warning(
        'runtime.quantity-huge',
        `${key} = "${clip(text)}" is more cores than any machine has.`,
        place,
      ),
    )
  }
  return quantity
}

// "512MB", "2 gi", "1GiB": what people write for 512M, 2Gi and 1Gi.
function fixQuantity(text: string): string | null {
  if (text.length > MAX_FIXABLE) return null
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*([kmgtpe]?)(i?)(?:b|bytes?)?\s*$/i.exec(text)
  if (match === null) return null
  const [, number = '', letter = '', binary = ''] = match
  const unit = letter.toUpperCase()
  const suffix = binary === '' ? (unit === 'K' ? 'k' : unit) : `${unit}i`
  const fixed = number.replace(',', '.') + suffix
  return parseQuantity(fixed) === null ? null : fixed
}

function checkReservation(
  section: RuntimeSection,
  parsed: ReadonlyMap<QuantityKey, Quantity>,
  what: 'Memory' | 'CPU',
): void {
  const limit = parsed.get(`${what}Limit`)
  const reservation = parsed.get(`${what}Reservation`)
  if (limit === undefined || reservation === undefined) return
  if (compareQuantities(reservation, limit) <= 0) return
  section.report(
    error(
      'runtime.reservation-above-limit',
      `${what}Reservation must not be more than ${what}Limit. Lower the one or raise the other.`,
      {
        ...section.place(`${what}Reservation`),
        fix: `${what}Reservation = ${JSON.stringify(section.text(`${what}Limit`))}`,
      },
    ),
  )
}
