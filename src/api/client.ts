import { ApiError } from './errors.ts'
import { client } from './generated/client.gen.ts'
import { zProblem } from './generated/zod.gen.ts'

/** The header that every call with an unsafe method carries; other sites can't make a browser send it. */
export const unsafe = { 'X-Wavedeck-Request': '1' } as const

const unreachable =
  'The platform can’t be reached. Check that it is running and that you are online.'
const invalid = 'The platform gave an answer that this catalog doesn’t understand.'
const gatewayStatuses = new Set([502, 503, 504])

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** Whatever a call failed with, as an ApiError. Aborted calls stay what they are: nobody waits for them. */
export function toApiError(error: unknown, response: Response | undefined): unknown {
  if (error instanceof ApiError || isAbort(error)) return error
  const cause = { cause: error }
  // A TypeError after the headers is a body that broke off.
  if (response === undefined || (response.ok && error instanceof TypeError)) {
    return new ApiError({ status: 0, code: 'network.unreachable', title: unreachable }, cause)
  }
  if (response.ok) {
    return new ApiError(
      { status: response.status, code: 'response.invalid', title: invalid },
      cause,
    )
  }
  const problem = zProblem.safeParse(error)
  if (problem.success) return new ApiError(problem.data, cause)
  return gatewayStatuses.has(response.status)
    ? new ApiError({ status: response.status, code: 'network.unreachable', title: unreachable })
    : new ApiError({
        status: response.status,
        code: 'response.invalid',
        title: `${invalid} Status ${response.status}.`,
      })
}

// Whoever calls the platform imports this module, so that no call goes past it.
client.setConfig({ baseUrl: '/api/v1', credentials: 'same-origin', throwOnError: true })
client.interceptors.error.use((error, response) => toApiError(error, response))

export { client }
