import { ArchiveError } from '../../zip/archive-error.ts'
import type { Archive, Entry } from '../../zip/archive.ts'
import { showName } from '../../zip/entry-name.ts'
import { error, warning, type Place } from '../../finding.ts'
import { MAX_TEXT_BYTES } from '../../limits.ts'
import { clip } from '../../manifest/table.ts'
import { decodeText } from '../decode-text.ts'
import { resolveInRoot } from '../resolve-in-root.ts'
import { addressKind } from './address.ts'
import { nearFiles } from './near-files.ts'
import { parseRequirements, REQUIREMENTS_PATH } from './parse-requirements.ts'
import type { ParsedRequirements, RequirementsOption } from './requirement.ts'

/** Files that `-r` and `-c` may bring in, and how deep; real ones have two or three. */
const MAX_FILES = 16
const MAX_DEPTH = 8
/** Bytes of all of them. */
const MAX_BYTES = 2 * MAX_TEXT_BYTES
/** Requirements that are held at once. */
const MAX_REQUIREMENTS = 5000

/**
 * Reads requirements.txt and the files it includes by `-r` and `-c`, each relative to the file that
 * names it, as pip does. Null where the bundle has none.
 */
export async function loadRequirements(archive: Archive): Promise<ParsedRequirements | null> {
  const entry = archive.get(REQUIREMENTS_PATH)
  if (entry === undefined || entry.isFolder) return null
  const loader = new Loader(archive)
  await loader.load(entry, false, [])
  loader.reportMissing()
  return loader.result
}

type Missing = { option: RequirementsOption; path: string }

class Loader {
  readonly result: ParsedRequirements = { requirements: [], options: [], findings: [] }
  readonly #archive: Archive
  readonly #seen = new Set<string>()
  readonly #missing: Missing[] = []
  #bytes = 0

  constructor(archive: Archive) {
    this.#archive = archive
  }

  async load(entry: Entry, constraint: boolean, parents: readonly string[]): Promise<void> {
    this.#seen.add(`${constraint} ${entry.path}`)
    this.#bytes += entry.size
    const text = await this.#read(entry)
    if (text === null) return
    const file = showName(entry.path)
    const { requirements, options, findings } = parseRequirements(text, { file, constraint })
    this.result.findings.push(...findings)
    this.result.requirements.push(...requirements)
    this.result.options.push(...options)
    const path = [...parents, entry.path]
    for (const option of options) {
      if (option.name === '--requirement' || option.name === '--constraint') {
        await this.#include(option, entry.path, path)
      }
    }
  }

  async #read(entry: Entry): Promise<string | null> {
    const place = { path: showName(entry.path) }
    const { findings } = this.result
    if (entry.size > MAX_TEXT_BYTES) {
      const message =
        'It has more than 1 MiB and wasn’t checked. Leave out what the app doesn’t need.'
      findings.push(warning('requirements.too-large', message, place))
      return null
    }
    try {
      const { text, encoding } = decodeText(await this.#archive.read(entry, MAX_TEXT_BYTES))
      if (encoding !== 'UTF-8') {
        const message =
          encoding === 'UTF-16'
            ? 'It is saved as UTF-16, which pip reads, but many other tools don’t. Save it as UTF-8.'
            : 'It isn’t valid UTF-8, so pip may misread it. Save it as UTF-8.'
        findings.push(warning('requirements.encoding', message, place))
      }
      return text
    } catch (reason) {
      if (!(reason instanceof ArchiveError)) throw reason
      findings.push(reason.finding)
      return null
    }
  }

  async #include(
    option: RequirementsOption,
    from: string,
    parents: readonly string[],
  ): Promise<void> {
    const { findings, requirements } = this.result
    const written = option.value ?? ''
    // What a variable or another machine holds can't be known here.
    if (written.includes('${') || addressKind(written) !== null) return
    const place = placeOf(option)
    const path = resolveInRoot(written.startsWith('/') ? written : folderOf(from) + written)
    if (path === null) {
      const message = `"${clip(written)}" leads out of the bundle, so pip finds it only by luck. Put the file into the bundle, and name it relative to this one.`
      findings.push(warning('requirements.path-outside', message, place))
      return
    }
    const entry = this.#archive.get(path)
    if (entry === undefined || entry.isFolder) {
      this.#missing.push({ option, path })
      return
    }
    if (parents.includes(path)) {
      const message = `"${clip(written)}" includes this file again, so pip never comes to an end. Remove one of the lines.`
      findings.push(error('requirements.file-cycle', message, place))
      return
    }
    const constraint = option.name === '--constraint'
    if (this.#seen.has(`${constraint} ${path}`)) return
    if (
      this.#seen.size >= MAX_FILES ||
      parents.length >= MAX_DEPTH ||
      this.#bytes + entry.size > MAX_BYTES ||
      requirements.length >= MAX_REQUIREMENTS
    ) {
      const message = `"${clip(written)}" wasn’t checked, as too much is included. Put the requirements into fewer files.`
      findings.push(warning('requirements.too-many', message, place))
      return
    }
    await this.load(entry, constraint, parents)
  }

  reportMissing(): void {
    const near = nearFiles(
      this.#archive,
      this.#missing.map(({ path }) => path),
    )
    for (const { option, path } of this.#missing) {
      const meant = near.get(path)
      const up = '../'.repeat(option.file.split('/').length - 1)
      const fix = meant === undefined ? {} : { fix: showName(up + meant) }
      this.result.findings.push(
        error(
          'requirements.list-missing',
          `The file "${clip(option.value ?? '')}" isn’t in the bundle, so pip would install nothing. Add it, or correct its path relative to this file.`,
          { ...placeOf(option), ...fix },
        ),
      )
    }
  }
}

/** Where an option stands. */
function placeOf({ file, line, column }: RequirementsOption): Place {
  return { path: file, line, column }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
