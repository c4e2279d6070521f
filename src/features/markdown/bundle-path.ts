/** Only so that the address can be parsed; `.invalid` is no host. */
const base = 'https://bundle.invalid/'

/** The path inside the bundle, from its root, that an author's address means; null where it leads elsewhere. */
export function bundlePath(address: string): string | null {
  if (!URL.canParse(address, base)) return null
  const url = new URL(address, base)
  // Not by `origin`: a blob: address claims that of the page it names.
  if (url.protocol !== 'https:' || url.host !== 'bundle.invalid') return null
  try {
    const path = decodeURIComponent(url.pathname.slice(1))
    return path === '' ? null : path
  } catch {
    return null
  }
}
