import type { Finding } from '../finding.ts'
import { showName } from '../zip/entry-name.ts'
import type { Fix, TextEdit } from './fix.ts'

/** The codes whose `fix` is the path that was meant. */
const PATHS = /^requirements\.(?:wheel|file|folder|list)-missing$|^requirements\.path-outside$/
/** Beyond this a line is none that somebody wrote. */
const MAX_LINE = 2000

type Line = { start: number; text: string }

/**
 * The change to requirements.txt or packages.txt that a finding in it asks for, unchecked; null where
 * somebody has to decide. The text is the whole file.
 */
export function proposeListFix(text: string, finding: Finding): Fix | null {
  const { code, path, line: number, column, fix } = finding
  if (path === undefined || number === undefined || column === undefined || fix === undefined)
    return null
  const line = findLine(text, number)
  if (line === null) return null
  const edit = PATHS.test(code)
    ? writePath(line, column, fix)
    : code === 'requirements.unreadable'
      ? writePin(line, fix)
      : code === 'packages.name'
        ? writeWord(line, column, fix)
        : /^packages\.(?:command|option|several)$/.test(code)
          ? writeNames(line, fix, text)
          : null
  if (edit === null) return null
  const old = text.slice(edit.start, edit.end)
  return {
    title: `Change ${showName(old)} to ${showName(fix.replaceAll('\n', ', '))}`,
    changes: [{ kind: 'edit', path, edits: [edit] }],
  }
}

// pip's line ends; null beyond the last line. Places don't count the byte order mark.
function findLine(text: string, number: number): Line | null {
  const ends = /\r\n|\n|\r/g
  for (let left = number; left > 1; left--) if (ends.exec(text) === null) return null
  const start = number === 1 && text.startsWith('\uFEFF') ? 1 : ends.lastIndex
  const line = text.slice(start, start + MAX_LINE + 1)
  const end = line.search(/[\r\n]/)
  if (end < 0 && line.length > MAX_LINE) return null
  return { start, text: end < 0 ? line : line.slice(0, end) }
}

function replace(line: Line, start: number, old: string, text: string): TextEdit {
  return { start: line.start + start, end: line.start + start + old.length, text }
}

// The same file in other letters or another folder, not one of another name.
function writePath(line: Line, column: number, fix: string): TextEdit | null {
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  if (/\s/.test(fix)) return null
  for (const { 0: word, index } of line.text.matchAll(/[^\s@=;"'#]+/g)) {
    if (index + word.length < column) continue
    const path = word.replace(/^file:(?:\/\/(?:localhost)?)?/i, '')
    if (name(path) !== name(fix)) continue
    const scheme = word.slice(0, word.length - path.length)
    return replace(line, index, word, (scheme === '' ? '' : 'file:') + fix)
  }
  return null
}

// A name and a version alone: `requests=2.0`, as conda writes it.
function writePin(line: Line, fix: string): TextEdit | null {
  const code = line.text.replace(/(?:^|\s)#.*$/, '')
  const pin = code.trim()
  if (!/^[\w.-]{1,100}\s{0,9}[=<>!~]{0,3}\s{0,9}[\w.*+!-]{1,100}$/.test(pin)) return null
  return replace(line, code.indexOf(pin), pin, fix)
}

function writeWord(line: Line, column: number, fix: string): TextEdit | null {
  const word = /^\S+/.exec(line.text.slice(column - 1))?.[0]
  return word === undefined ? null : replace(line, column - 1, word, fix)
}

// The names alone, one a line; a comment stays behind the last one.
function writeNames(line: Line, fix: string, text: string): TextEdit | null {
  const code = line.text.replace(/(?:^|\s)#.*$/, '').trimEnd()
  const start = code.length - code.trimStart().length
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  return code === '' ? null : replace(line, start, code.slice(start), fix.split('\n').join(newline))
}
