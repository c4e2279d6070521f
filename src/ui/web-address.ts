/** The address, where it is one that may be opened from here: http or https. Anything else could run as script. */
export function webAddress(text: string): string | null {
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}
