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

/** SQLite's result code, the extended one where it gives it: https://sqlite.org/rescode.html */
function sqliteCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
}

const sqliteReadOnly = 8
const sqliteFull = 13
const sqliteCantOpen = 14
/** Growing the file that readers and writers share failed: there was no room. */
const sqliteNoShared = 4874
/** Writing, syncing, truncating or opening failed for another reason than a full disk. */
const sqliteWriteFailed: ReadonlySet<number> = new Set([778, 1034, 1290, 1546, 2570, 4618])

export function isDiskFull(error: unknown): boolean {
  return (
    codeOf(error) === 'ENOSPC' ||
    codeOf(error) === 'EDQUOT' ||
    sqliteCode(error) % 256 === sqliteFull ||
    sqliteCode(error) === sqliteNoShared
  )
}

/** Whether the folder or file may not be written: permissions, or a file system that became read-only. */
export function isReadOnly(error: unknown): boolean {
  return (
    codeOf(error) === 'EACCES' ||
    codeOf(error) === 'EPERM' ||
    codeOf(error) === 'EROFS' ||
    sqliteCode(error) % 256 === sqliteReadOnly ||
    sqliteCode(error) % 256 === sqliteCantOpen ||
    sqliteWriteFailed.has(sqliteCode(error))
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
