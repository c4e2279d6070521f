/** Who may do a thing that somebody else may not; the interface words it, the API carries it. */
export type WhoCan = 'signedIn' | 'fullAccess' | 'owner' | 'ownerOrAdmin' | 'admin' | 'nobody'

/** What a rule answers. `reason` is a whole sentence for the person who asked. */
export type Decision =
  | { readonly allowed: true }
  | {
      readonly allowed: false
      readonly code: string
      readonly reason: string
      readonly whoCan: WhoCan
    }

export const allowed: Decision = { allowed: true }

export function refused(code: string, reason: string, whoCan: WhoCan): Decision {
  return { allowed: false, code, reason, whoCan }
}

/** The answer to an anonymous caller wherever signing in is what is missing. */
export const signInFirst = refused('auth.sign-in-needed', 'Sign in first.', 'signedIn')
