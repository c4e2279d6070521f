/** A start that can't succeed: reported as it is, and not tried again. */
export class StartFailure extends Error {
  readonly reason: string

  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}
