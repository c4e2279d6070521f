import { advice, warning, type Finding, type Place } from '../../finding.ts'
import { clip } from '../../manifest/table.ts'

export const PACKAGES_PATH = 'packages.txt'

/** One package of the operating system that packages.txt asks for. */
export type OsPackage = {
  name: string
  /** After `=`; null for whatever the distribution has. */
  version: string | null
  /** After `:`, e.g. `amd64`; null for the machine's own. */
  architecture: string | null
  /** Both count from 1. */
  line: number
  column: number
}

const MAX_LINES = 1000

// Debian Policy 5.6.1 and 5.6.12, and apt's own "name=version", "name:arch", "name/release".
const PACKAGE =
  /^(?<name>[a-z0-9][a-z0-9+.-]+)(?::(?<architecture>[a-z0-9-]+))?(?:=(?<version>[\w.+:~*-]+)|\/[\w.-]+)?$/

// First words of a line that was copied from a shell or a Dockerfile.
const COMMANDS = new Set('sudo apt apt-get aptitude apk yum dnf pip pip3 run'.split(' '))
const SHELL = /[;&|<>$`(){}"'\\!]/

type Word = { text: string; column: number }

/** Reads packages.txt: one package a line, comments after `#`. Never throws. */
export function parsePackages(text: string): { packages: OsPackage[]; findings: Finding[] } {
  const packages: OsPackage[] = []
  const findings: Finding[] = []
  const lines = new Map<string, number>()
  let line = 0
  for (const raw of physicalLines(text.replace(/^\uFEFF/, ''))) {
    line++
    if (line > MAX_LINES) {
      const message = `Only its first ${MAX_LINES} lines were checked. Leave out what the app doesn’t need.`
      findings.push(warning('packages.too-many', message, { path: PACKAGES_PATH, line, column: 1 }))
      break
    }
    const words = wordsOf(raw)
    const problem = checkLine(words, line)
    if (problem !== null) findings.push(problem)
    // A command's words aren't packages.
    if (problem?.code === 'packages.command') continue
    for (const { text: word, column } of words) {
      const groups = PACKAGE.exec(word)?.groups
      if (groups === undefined) continue
      const { name = '', architecture = null, version = null } = groups
      packages.push({ name, architecture, version, line, column })
      const key = `${name}:${architecture ?? ''}`
      const before = lines.get(key)
      if (before === undefined) lines.set(key, line)
      else {
        const message = `${clip(name)} is asked for on line ${before} as well. Keep one.`
        findings.push(advice('packages.duplicate', message, { path: PACKAGES_PATH, line, column }))
      }
    }
  }
  return { packages, findings }
}

function* physicalLines(text: string): Generator<string> {
  let start = 0
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    yield text.slice(start, match.index)
    start = match.index + match[0].length
  }
  yield text.slice(start)
}

function wordsOf(line: string): Word[] {
  const words: Word[] = []
  for (const { 0: text, index } of line.matchAll(/\S+/g)) {
    if (text.startsWith('#')) break
    words.push({ text, column: index + 1 })
  }
  return words
}

// At most one finding a line: the first that explains the others.
function checkLine(words: readonly Word[], line: number): Finding | null {
  const [first] = words
  if (first === undefined) return null
  const report = (code: string, { column }: Word, message: string, fix?: string) => {
    const place: Place = { path: PACKAGES_PATH, line, column }
    return warning(code, message, fix === undefined || fix === '' ? place : { ...place, fix })
  }
  const shell = words.find(({ text }) => SHELL.test(text) && !/[<>!]=/.test(text))
  const command = COMMANDS.has(first.text.toLowerCase()) && words.length > 1 ? first : shell
  if (command !== undefined) {
    const message =
      'This is a command, but every line is given to apt as the name of a package. Write the names alone, one a line.'
    return report('packages.command', command, message, namesOf(installed(words)))
  }
  const fix = namesOf(words)
  const option = words.find(({ text }) => text.startsWith('-'))
  if (option !== undefined) {
    const message = `apt would take "${clip(option.text)}" for an option, not for a package. Remove it.`
    return report('packages.option', option, message, fix)
  }
  const wrong = words.find(({ text }) => !isName(text))
  if (wrong !== undefined) {
    const { reason, fix: better } = explain(wrong.text)
    const message = `"${clip(wrong.text)}" is no name of a package, ${reason}.`
    return report('packages.name', wrong, message, words.length === 1 ? better : undefined)
  }
  const [, second] = words
  if (second === undefined) return null
  const message =
    'There are several packages on this line, which may be taken for one name. Write one a line.'
  return report('packages.several', second, message, fix)
}

/** What a command installs, as far as it is plain. */
function installed(words: readonly Word[]): readonly Word[] {
  const start = words.findLastIndex(({ text }) => text === 'install') + 1
  const after = start === 0 ? [] : words.slice(start)
  return after.some(({ text }) => SHELL.test(text)) ? [] : after
}

function namesOf(words: readonly Word[]): string {
  return words
    .map(({ text }) => text)
    .filter(isName)
    .join('\n')
}

function isName(text: string): boolean {
  return text.length <= 256 && PACKAGE.test(text) && !text.endsWith('-')
}

function explain(text: string): { reason: string; fix?: string } {
  const lower = text.toLowerCase()
  if (isName(lower)) return { reason: 'as those are in lower case', fix: lower }
  const pinned = /^([^=<>~!]+)(==|[<>~!]=)(.+)$/.exec(text.slice(0, 256))
  if (pinned !== null) {
    const [, name = '', operator = '', version = ''] = pinned
    const exact = `${name}=${version}`
    return {
      reason: 'as apt takes only "name=version"',
      ...(operator === '==' && isName(exact) ? { fix: exact } : {}),
    }
  }
  if (text.endsWith('-')) return { reason: 'as apt removes packages whose name ends with "-"' }
  if (/[*?[\]^]/.test(text)) return { reason: 'but a pattern that stands for many. Name them' }
  if (/\.deb$|^[./~]|^https?:/.test(text)) {
    return { reason: 'but a file, which the platform doesn’t install' }
  }
  const commas = text.replace(/,$/, '')
  if (isName(commas)) return { reason: 'because of the comma', fix: commas }
  const dashed = lower.replaceAll('_', '-')
  if (isName(dashed)) return { reason: 'as those have "-" instead of "_"', fix: dashed }
  return { reason: 'which has letters, digits, "+", "-" and ".", and at least two of them' }
}
