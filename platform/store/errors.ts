/** Whether a write failed because something of the same name or key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && error.message.includes('UNIQUE constraint failed')
}

/** Whether a write failed because what it refers to is gone. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && error.message.includes('FOREIGN KEY constraint failed')
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

export function isDiskFull(error: unknown): boolean {
  return (
    codeOf(error) === 'ENOSPC' ||
    codeOf(error) === 'EDQUOT' ||
    (error instanceof Error && error.message.includes('database or disk is full'))
  )
}

/** Whether the folder or file may not be written: permissions, or a file system that became read-only. */
export function isReadOnly(error: unknown): boolean {
  return (
    codeOf(error) === 'EACCES' ||
    codeOf(error) === 'EPERM' ||
    codeOf(error) === 'EROFS' ||
    (error instanceof Error && /readonly database|unable to open database/.test(error.message))
  )
}

/** Whether a body ended before its announced end. */
export function isBrokenOff(error: unknown): boolean {
  const code = codeOf(error)
  return (
    code === 'ECONNRESET' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    (error instanceof Error && /abort|terminated|premature/i.test(`${error.name} ${error.message}`))
  )
}
