const schemes = new Set(['http:', 'https:', 'mailto:'])

/** Where a link in an author's text may lead: out, or to a mailbox. Relative addresses mean nothing here. */
export function leavingAddress(href: string | undefined): string | null {
  if (href === undefined) return null
  try {
    const url = new URL(href)
    return schemes.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
