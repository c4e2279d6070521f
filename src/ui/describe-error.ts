export type ErrorDescription = {
  /** For people. */
  message: string
  /** Code, status and request, in one line; empty where there is none. */
  facts: string
  /** All of it, to copy. */
  detail: string
}

function field(error: object, name: string): string {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' || (typeof value === 'number' && value !== 0)
    ? String(value)
    : ''
}

/** Words for whatever was thrown. Reads `title`, `code`, `status` and `requestId` where an error has them. */
export function describeError(error: unknown): ErrorDescription {
  if (typeof error !== 'object' || error === null) {
    const message = String(error)
    return { message, facts: '', detail: message }
  }
  const message =
    field(error, 'title') || field(error, 'message') || 'Something unforeseen happened.'
  const requestId = field(error, 'requestId')
  const facts = [field(error, 'code'), field(error, 'status'), requestId && `request ${requestId}`]
    .filter((fact) => fact !== '')
    .join(' · ')
  const cause: unknown = Reflect.get(error, 'cause')
  const why = cause instanceof Error ? `Cause: ${cause.name}: ${cause.message}` : ''
  const detail = [message, facts, why].filter((line) => line !== '').join('\n')
  return { message, facts, detail }
}
