import { HttpResponse } from 'msw'
import { createMswHandlers } from '../src/api/generated/msw.gen.ts'
import type { Problem } from '../src/api/generated/types.gen.ts'
import type { Decision } from '../src/rules/decision.ts'
import { problemFixture } from './fixtures.ts'

export const base = '*/api/v1'
export const answer = createMswHandlers({ baseUrl: base }).pick

export function refuse(over: Partial<Problem>) {
  const problem = problemFixture(over)
  return HttpResponse.json(problem, {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}

export const notFound = () =>
  refuse({ status: 404, code: 'not-found', title: 'There is no such thing.' })

export function refuseBy(decision: Decision) {
  if (decision.allowed) return undefined
  const status = decision.whoCan === 'signedIn' ? 401 : 403
  return refuse({ status, code: decision.code, title: decision.reason })
}
