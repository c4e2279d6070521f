import { compareQuantities, parseQuantity } from '../../rules/quantity.ts'
import { shownText } from './shown-text.ts'

const NANO = 1_000_000_000n
const BYTE_UNITS: readonly [unit: string, nano: bigint][] = [
  ['Ei', NANO << 60n],
  ['Pi', NANO << 50n],
  ['Ti', NANO << 40n],
  ['Gi', NANO << 30n],
  ['Mi', NANO << 20n],
  ['Ki', NANO << 10n],
]

/**
 * The difference of two quantities with its sign: "+2Gi", "-500m". Bytes are given in binary units,
 * cores in whole ones or thousandths, both rounded to two decimals. Null where either is none.
 */
export function quantityStep(
  before: string,
  after: string,
  unit: 'bytes' | 'cores',
): string | null {
  const old = parseQuantity(before)
  const now = parseQuantity(after)
  if (old === null || now === null) return null
  const step = now.nano - old.nano
  const sign = step < 0n ? '-' : '+'
  const size = step < 0n ? -step : step
  return shownText(sign + (unit === 'bytes' ? bytesText(size) : coresText(size)))
}

/** Positive where it grew, negative where it shrank; null where either is no quantity. */
export function quantityGrowth(before: string, after: string): number | null {
  const old = parseQuantity(before)
  const now = parseQuantity(after)
  if (old === null || now === null) return null
  return compareQuantities(now, old)
}

function bytesText(nano: bigint): string {
  for (const [unit, size] of BYTE_UNITS) if (nano >= size) return decimal(nano, size) + unit
  return decimal(nano, NANO)
}

function coresText(nano: bigint): string {
  return nano % NANO === 0n ? String(nano / NANO) : `${decimal(nano, NANO / 1000n)}m`
}

function decimal(amount: bigint, unit: bigint): string {
  const hundredths = (amount * 100n + unit / 2n) / unit
  const fraction = String(hundredths % 100n).padStart(2, '0')
  return `${hundredths / 100n}.${fraction}`.replace(/\.?0+$/, '')
}
