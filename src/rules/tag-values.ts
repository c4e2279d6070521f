export type TagViolation = { readonly field: string; readonly message: string }

type TagTexts = {
  readonly title?: string
  readonly description?: string
  readonly adminRoles?: readonly string[]
  readonly visitorRoles?: readonly string[]
}

/** Tabs and line ends are for descriptions alone. */
const control = /(?![\t\n\r])\p{Cc}/u
const lineEnd = /[\t\n\r\u2028\u2029]/
/** Makes text read in another order than it is stored in: the embeddings, overrides and isolates of UAX #9. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const onlyBlank = /^[\s\p{C}\p{M}]*$/u

/**
 * What is wrong with a tag's texts beyond what the contract's schema says. Asked by the platform and by the form, so
 * that both say the same.
 */
export function tagViolations(values: TagTexts): TagViolation[] {
  const { title, description, adminRoles = [], visitorRoles = [] } = values
  return [
    ...(title === undefined ? [] : textViolations('title', title, true)),
    ...(description === undefined ? [] : textViolations('description', description, false)),
    ...roleViolations('adminRoles', adminRoles),
    ...roleViolations('visitorRoles', visitorRoles),
  ]
}

function textViolations(field: string, text: string, oneLine: boolean): TagViolation[] {
  const wrong = (message: string) => [{ field, message }]
  if (!text.isWellFormed() || control.test(text)) {
    return wrong('Has characters that are no text')
  }
  if (oneLine && lineEnd.test(text)) return wrong('Has to be one line')
  if (reordering.test(text)) return wrong('Has characters that turn the direction of the text')
  if (oneLine && onlyBlank.test(text)) return wrong('Has nothing to read in it')
  return []
}

function roleViolations(field: string, roles: readonly string[]): TagViolation[] {
  const seen = new Set<string>()
  return roles.flatMap((role, index) => {
    const wrong = roleComplaint(role) ?? (seen.has(role) ? 'Is there twice' : undefined)
    seen.add(role)
    return wrong === undefined ? [] : [{ field: `${field}.${index}`, message: wrong }]
  })
}

/** Roles are compared letter by letter: two that look the same have to be the same. */
function roleComplaint(role: string): string | undefined {
  if (!role.isWellFormed() || control.test(role) || lineEnd.test(role)) {
    return 'Has characters that are no text'
  }
  if (reordering.test(role) || invisible.test(role)) return 'Has characters that can’t be seen'
  if (role !== role.trim() || role === '') return 'Begins or ends with a space'
  return undefined
}
