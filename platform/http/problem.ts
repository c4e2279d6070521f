import type {
  Finding,
  Problem as ProblemBody,
  TagDetail,
  Violation,
} from '../../src/api/generated/types.gen.ts'
import type { Decision } from '../../src/rules/decision.ts'

type Extra = {
  violations?: Violation[]
  findings?: Finding[]
  appId?: string
  instances?: string[]
  tag?: TagDetail
  headers?: Record<string, string>
}

/** An answer that is not the one hoped for. `title` says what is wrong and what to do, for people. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Extra

  constructor(status: number, code: string, title: string, extra: Extra = {}) {
    super(title)
    this.status = status
    this.code = code
    this.extra = extra
  }

  toResponse(requestId: string): Response {
    const { headers, ...rest } = this.extra
    const body: ProblemBody = {
      type: 'about:blank',
      title: this.message,
      status: this.status,
      code: this.code,
      requestId,
      ...rest,
    }
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: {
        'Content-Type': 'application/problem+json',
        // The rest of the body is still to come, and must not stand before the next request.
        ...(this.status === 413 ? { Connection: 'close' } : {}),
        ...headers,
      },
    })
  }
}

/** Lets the caller on, or throws the rule's refusal: 401 to sign in, 404 where the thing is out of sight, else 403. */
export function enforce(decision: Decision): void {
  if (decision.allowed) return
  const status =
    decision.code === 'auth.sign-in-needed' ? 401 : decision.code.endsWith('.not-found') ? 404 : 403
  throw new Problem(status, decision.code, decision.reason)
}

export const appNotFound = () =>
  new Problem(404, 'app.not-found', 'There is no such app, or you may not see it.')

/** @param field of the body that named the profile */
export const unknownProfile = (field: string) =>
  new Problem(422, 'profile.unknown', 'There is no such launch profile.', {
    violations: [{ field, message: 'Not one of the profiles in GET /environment' }],
  })

export const instanceNotFound = () =>
  new Problem(404, 'instance.not-found', 'There is no such instance, or you may not see it.')
