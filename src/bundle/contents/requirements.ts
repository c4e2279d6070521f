import type { Archive } from '../zip/archive.ts'
import { error, type Finding } from '../finding.ts'
import { clip } from '../manifest/table.ts'

export const REQUIREMENTS_PATH = 'requirements.txt'

/** A wheel that a requirements file points to by path, with its place in the text. */
export type WheelReference = { path: string; line: number; column: number }

/** Finds references to local wheels: `./x.whl`, `x.whl`, `file:x.whl`, `name @ file:x.whl`. */
export function findWheels(text: string): WheelReference[] {
  const wheels: WheelReference[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    // pip: a comment starts at the line's start or after a space.
    const code = line.replace(/(^|\s)#.*$/, '')
    const match = /(?:^|[\s@=])(?<path>[^\s@=;"']+\.whl)(?=$|[\s;[#"'\\])/i.exec(code)
    const written = match?.groups?.path
    if (written === undefined || match === null) continue
    const path = written.replace(/^file:(\/\/(localhost)?)?/i, '')
    if (/^[a-z][a-z0-9+.-]+:/i.test(path)) continue
    const column = code.indexOf(written, match.index) + 1
    wheels.push({ path, line: index + 1, column })
  }
  return wheels
}

/** Errors for wheels that aren't in the archive: the installation would fail on them. */
export function checkWheels(archive: Archive, text: string): Finding[] {
  const findings: Finding[] = []
  for (const { path, line, column } of findWheels(text)) {
    const place = { path: REQUIREMENTS_PATH, line, column }
    const resolved = resolveInRoot(path)
    if (resolved !== null && archive.get(resolved)?.isFolder === false) continue
    const name = path.slice(path.lastIndexOf('/') + 1)
    const elsewhere = archive.entries.find(
      (entry) => !entry.isFolder && entry.path.toLowerCase().endsWith(name.toLowerCase()),
    )
    findings.push(
      error(
        'requirements.wheel-missing',
        `The wheel "${clip(path)}" isn't in the bundle. Add it, or correct its path relative to the root.`,
        elsewhere === undefined ? place : { ...place, fix: `./${elsewhere.path}` },
      ),
    )
  }
  return findings
}

/** The path cleaned of "." and ".."; null when it is absolute or leaves the root. */
export function resolveInRoot(path: string): string | null {
  if (path.startsWith('/')) return null
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
