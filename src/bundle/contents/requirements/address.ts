/** How pip would fetch an address. */
export type AddressKind = 'url' | 'vcs' | 'file'

const VCS =
  /^(?:git|hg|svn|bzr|ssh|sftp|git\+(?:https?|ssh|git|file)|hg\+(?:https?|ssh|static-http|file)|svn\+(?:https?|ssh|svn|file)|bzr\+(?:https?|ssh|sftp|ftp|lp|file))$/

/** What kind of address a text is by its scheme; null where pip takes it for a name or path. */
export function addressKind(text: string): AddressKind | null {
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return null
  if (scheme === 'file') return 'file'
  if (scheme === 'http' || scheme === 'https' || scheme === 'ftp') return 'url'
  return VCS.test(scheme) ? 'vcs' : null
}

/** The parts of an address that pip looks at; `user` is all before the `@` of its host. */
export type Address = {
  scheme: string
  user: string | null
  host: string
  /** Without query and fragment. */
  path: string
  fragment: string
}

/** Takes an address apart; never fails, as any text has these parts, if empty ones. */
export function parseAddress(text: string): Address {
  const hash = text.indexOf('#')
  const fragment = hash < 0 ? '' : text.slice(hash + 1)
  const whole = hash < 0 ? text : text.slice(0, hash)
  const query = whole.indexOf('?')
  const rest = query < 0 ? whole : whole.slice(0, query)
  const colon = rest.indexOf(':')
  const scheme = rest.slice(0, Math.max(0, colon)).toLowerCase()
  const after = rest.slice(colon + 1)
  if (!after.startsWith('//')) return { scheme, user: null, host: '', path: after, fragment }
  const slash = after.indexOf('/', 2)
  const authority = slash < 0 ? after.slice(2) : after.slice(2, slash)
  const at = authority.lastIndexOf('@')
  return {
    scheme,
    user: at < 0 ? null : authority.slice(0, at),
    host: authority.slice(at + 1),
    path: slash < 0 ? '' : after.slice(slash),
    fragment,
  }
}

/** What an address's fragment says, such as `egg=name&subdirectory=python`. */
export function fragmentValue(fragment: string, key: string): string | null {
  const found = fragment.split('&', 16).find((part) => part.startsWith(`${key}=`))
  return found === undefined ? null : decode(found.slice(key.length + 1))
}

/** The commit, branch or tag that an address of version control asks for; null for "whatever is there". */
export function revisionOf(address: Address): string | null {
  const at = address.path.lastIndexOf('@')
  const revision = at < 0 ? '' : address.path.slice(at + 1)
  return revision === '' || revision.includes('/') ? null : revision
}

/** The last part of an address's path, decoded. */
export function fileNameOf(path: string): string {
  return decode(path.slice(path.lastIndexOf('/') + 1))
}

/** Percent-decoded; as it is where that can't be done. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// Written by tools and in manuals; nobody's secret.
const PLACEHOLDER =
  /^(?:user(?:name)?|pass(?:word)?|token|secret|<.*>|\{.*\}|x+|\*+|\.+|your[-_].*|my[-_].*)$/i

/** Whether an address holds a user's password or token, other than as `${VARIABLE}`. */
export function hasCredentials({ scheme, user }: Address): boolean {
  if (user === null || user === '') return false
  const colon = user.indexOf(':')
  const secret = colon < 0 ? user : user.slice(colon + 1)
  if (/\$\{?[A-Z0-9_]/i.test(secret) || PLACEHOLDER.test(secret.slice(0, 100))) return false
  if (colon >= 0) return secret !== ''
  // A lone user over HTTP is a token; over SSH it only says who.
  return /(?:^|\+)https?$/.test(scheme) && secret.length >= 8
}

/** The address as it may be shown: a user and password in it become `****`. */
export function withoutCredentials(text: string): string {
  const address = parseAddress(text)
  if (!hasCredentials(address)) return text
  const start = text.indexOf('//') + 2
  return `${text.slice(0, start)}****${text.slice(start + (address.user ?? '').length)}`
}
