import { expect, test } from 'vitest'
import { toApiError } from './client.ts'
import { ApiError } from './errors.ts'

test('a problem answer keeps its code, violations and request', () => {
  const problem = {
    type: 'about:blank',
    title: 'Not valid.',
    status: 422,
    code: 'invalid',
    requestId: 'r-1',
    violations: [{ field: 'visibility', message: 'is unknown' }],
  }
  const error = toApiError(problem, new Response(null, { status: 422 }))
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 422, code: 'invalid', requestId: 'r-1', findings: [] })
  expect(error).toMatchObject({ violations: [{ field: 'visibility', message: 'is unknown' }] })
})

test.each([
  ['no answer', new TypeError('Failed to fetch'), undefined, 'network.unreachable', 0],
  ['a body that breaks off', new TypeError('network error'), 200, 'network.unreachable', 0],
  ['a gateway without the platform', '<h1>Bad Gateway</h1>', 502, 'network.unreachable', 502],
  ['an answer that is no problem', 'oops', 500, 'response.invalid', 500],
  ['an answer that is not JSON', new SyntaxError('Unexpected token'), 200, 'response.invalid', 200],
])('%s has its own code', (_what, thrown, status, code, expected) => {
  const response = status === undefined ? undefined : new Response(null, { status })
  expect(toApiError(thrown, response)).toMatchObject({ code, status: expected })
})

test('an aborted call stays an abort, which the cache knows', () => {
  const abort = new DOMException('aborted', 'AbortError')
  expect(toApiError(abort, undefined)).toBe(abort)
})
