/**
 * An amount of the Kubernetes resource model. Exact down to 10⁻⁹; what is finer is rounded away
 * from zero, as `resource.ParseQuantity` does.
 */
export type Quantity = { readonly nano: bigint }

const GRAMMAR =
  /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]+)?$/

const BINARY: Record<string, bigint> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
}

const DECIMAL: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}

/** Longer texts are refused, and larger exponents clamped: both would only cost time. */
const MAX_LENGTH = 128
const MAX_EXPONENT = 100

/**
 * Reads a quantity: an optional sign, decimals (`.5` and `5.` included), then nothing, one of
 * `n u m k M G T P E`, one of `Ki Mi Gi Ti Pi Ei`, or an exponent (`1e3`, `1E-3`). Null when the
 * text is none. Source: k8s.io/apimachinery/pkg/api/resource.
 */
export function parseQuantity(text: string): Quantity | null {
  if (text.length > MAX_LENGTH) return null
  const match = GRAMMAR.exec(text)
  if (match === null) return null
  const [, sign, whole = '', afterDot, bareFraction, suffix = ''] = match
  const fraction = afterDot ?? bareFraction ?? ''
  const digits = BigInt(whole + fraction || '0')
  const binary = BINARY[suffix]
  const exponent = binary === undefined ? decimalExponent(suffix) : 0
  const scale = 9 + exponent - fraction.length
  const amount = digits * (binary ?? 1n)
  const nano = scale >= 0 ? amount * 10n ** BigInt(scale) : divideUp(amount, 10n ** BigInt(-scale))
  return { nano: sign === '-' ? -nano : nano }
}

function decimalExponent(suffix: string): number {
  const known = DECIMAL[suffix]
  if (known !== undefined) return known
  if (suffix === '') return 0
  return Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, Number(suffix.slice(1))))
}

function divideUp(amount: bigint, divisor: bigint): bigint {
  return (amount + divisor - 1n) / divisor
}

/** Negative, zero or positive, by exact value: `1Gi` equals `1024Mi`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0
}

const NANO = 1_000_000_000n

/**
 * The whole number of units (bytes, cores), rounded away from zero as Kubernetes' `Value()` does.
 * Beyond 2⁵³ the nearest double.
 */
export function quantityToBytes(quantity: Quantity): number {
  const { nano } = quantity
  return Number(nano < 0n ? -divideUp(-nano, NANO) : divideUp(nano, NANO))
}
