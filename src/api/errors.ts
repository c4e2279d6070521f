import type { Finding, Problem, TagDetail, Violation } from './generated/types.gen.ts'

/**
 * The one error that calls to the platform throw. Branch on `status` and `code`, show `title`. Where the platform has
 * no say, `code` is `network.unreachable` (`status` 0 without any answer) or `response.invalid`.
 */
export class ApiError extends Error implements Omit<Problem, 'detail'> {
  override readonly name = 'ApiError'
  readonly type = 'about:blank'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly violations: Violation[]
  readonly findings: Finding[]
  readonly requestId: string
  /** With `app.version-exists`, the app that has the name and version. */
  readonly appId: string | undefined
  /** With `app.has-instances`, the instances in the way. */
  readonly instances: string[]
  /** With `tag.edited-meanwhile`, the tag as it is now; with `tag.name-exists`, the one that has the name. */
  readonly tag: TagDetail | undefined

  constructor(
    problem: Pick<Problem, 'status' | 'code' | 'title'> & Partial<Problem>,
    options?: ErrorOptions,
  ) {
    super(problem.title, options)
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.violations = problem.violations ?? []
    this.findings = problem.findings ?? []
    this.requestId = problem.requestId ?? ''
    this.appId = problem.appId
    this.instances = problem.instances ?? []
    this.tag = problem.tag
  }
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'network.unreachable'
}

/** Whether asking again may help: no answer, or the platform's own fault. */
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500)
}
