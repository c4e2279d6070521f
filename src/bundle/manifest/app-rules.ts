import { advice, error, warning } from '../finding.ts'
import { parseVersion } from '../../rules/semver.ts'
import { parseDuration } from './duration.ts'
import { CATEGORIES, LIFECYCLES, type Lifecycle, type Manifest } from './manifest.ts'
import { clip, type SECTION_KEYS, type Section } from './table.ts'
import { suggest } from './suggest.ts'

export type AppSection = Section<(typeof SECTION_KEYS)['App'][number]>

/** What `[App]` says; name and version are null where they can't be used at all. */
export type AppValues = Pick<
  Manifest,
  | 'description'
  | 'longDescription'
  | 'category'
  | 'keywords'
  | 'tags'
  | 'lifecycle'
  | 'instanceTimeout'
  | 'setupGuide'
> & { name: string | null; version: string | null; title: string | null }

/** Characters of a name, a version, and of both joined: they become Kubernetes label values. */
const MAX_NAME = 63
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

/** Reads and checks `[App]`. */
export function readApp(section: AppSection): AppValues {
  const name = readName(section)
  const version = readVersion(section)
  if (name !== null && version !== null) checkTogether(section, name, version)
  const title = section.text('Title')
  if (title === null && name !== null) {
    section.report(
      advice('manifest.title-missing', 'The app has no Title, so people see its Name. Add one.', {
        ...section.place(),
        ...(isName(name) ? { fix: `Title = "${titleFrom(name)}"` } : {}),
      }),
    )
  }
  const description = section.text('Description')
  if (description === null) {
    section.report(
      advice(
        'manifest.description-missing',
        'The app has no Description. Say in one sentence what it does.',
        section.place(),
      ),
    )
  }
  return {
    name,
    version,
    title,
    description: description ?? '',
    longDescription: readLongDescription(section),
    category: readCategory(section),
    keywords: section.strings('Keywords'),
    tags: readTags(section),
    lifecycle: readLifecycle(section),
    instanceTimeout: readTimeout(section),
    setupGuide: section.text('SetupGuide'),
  }
}

function isName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text)
}

function titleFrom(name: string): string {
  const words = name
    .split(/[-_.]+/)
    .filter((word) => word !== '' && !/^(ai|h2o|com|org|wave)$/.test(word))
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || name
}

function readName(section: AppSection): string | null {
  const name = section.string('Name')
  if (name === null) {
    if (!section.has('Name')) {
      section.report(
        error(
          'manifest.name-missing',
          'App.Name is missing. Add one, e.g. Name = "my-app".',
          section.place(),
        ),
      )
    }
    return null
  }
  const place = section.place('Name')
  if (name.length > MAX_NAME) {
    section.report(
      error(
        'manifest.name-invalid',
        `App.Name has ${name.length} characters; ${MAX_NAME} is the limit.`,
        place,
      ),
    )
  } else if (!isName(name)) {
    const fixed = slug(name)
    section.report(
      error(
        'manifest.name-invalid',
        `"${clip(name)}" can't be a name. Use letters, digits, "-", "_" and ".", with a letter or digit at both ends.`,
        fixed === '' ? place : { ...place, fix: `Name = "${fixed}"` },
      ),
    )
  }
  return name === '' ? null : name
}

function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^-A-Za-z0-9_.]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^[-_.]+|[-_.]+$/g, '')
}

function readVersion(section: AppSection): string | null {
  const version = section.string('Version')
  if (version === null) {
    if (!section.has('Version')) {
      section.report(
        error(
          'manifest.version-missing',
          'App.Version is missing. Add one, e.g. Version = "0.1.0".',
          section.place(),
        ),
      )
    }
    return null
  }
  const place = section.place('Version')
  const parsed = parseVersion(version)
  if (version.length > MAX_NAME) {
    section.report(
      error(
        'manifest.version-invalid',
        `App.Version has ${version.length} characters; ${MAX_NAME} is the limit.`,
        place,
      ),
    )
  } else if (parsed === null) {
    const fixed = fixVersion(version)
    section.report(
      error(
        'manifest.version-invalid',
        `"${clip(version)}" is no version. Write three numbers as SemVer 2.0.0 has it, such as 1.4.0 or 1.4.0-rc.1.`,
        fixed === null ? place : { ...place, fix: `Version = "${fixed}"` },
      ),
    )
  } else if (parsed.build.length > 0) {
    section.report(
      error(
        'manifest.version-build',
        'The platform accepts no build metadata in a version. Leave out the "+" and what follows.',
        { ...place, fix: `Version = "${version.slice(0, version.indexOf('+'))}"` },
      ),
    )
  } else if (!isName(version)) {
    section.report(
      error('manifest.version-invalid', 'App.Version must end with a letter or digit.', place),
    )
  }
  return version === '' ? null : version
}

function fixVersion(version: string): string | null {
  const match = /^\s*[vV=]*\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?\s*$/.exec(version)
  if (match === null) return null
  const [, major = '0', minor = '0', patch = '0', rest = ''] = match
  const number = (digits: string) => digits.replace(/^0+(?=\d)/, '')
  const fixed = `${number(major)}.${number(minor)}.${number(patch)}${rest}`
  return parseVersion(fixed) === null ? null : fixed
}

function checkTogether(section: AppSection, name: string, version: string): void {
  const length = name.length + 1 + version.length
  if (length <= MAX_NAME || name.length > MAX_NAME || version.length > MAX_NAME) return
  section.report(
    error(
      'manifest.name-version-too-long',
      `Name and Version joined with "-" have ${length} characters; ${MAX_NAME} is the limit. Shorten the name by ${length - MAX_NAME}.`,
      section.place('Name'),
    ),
  )
}

function readLongDescription(section: AppSection): Manifest['longDescription'] {
  const value = section.text('LongDescription')
  if (value === null) return null
  return isPath(value) ? { path: value.trim().replace(/^(\.\/)+/, '') } : { text: value }
}

// Early bundles put the text itself here, so only what can't be prose is taken for a path: one line
// with a markdown file's ending, and spaces only after a folder.
function isPath(value: string): boolean {
  const line = value.trim()
  if (line.length > 255 || /[\r\n]|[.!?]\s/.test(line)) return false
  if (/^\S+\.(md|markdown|mdown|mdx|rst|txt)$/i.test(line)) return true
  return /^\S*\/.*\.(md|markdown)$/i.test(line) || /^(\.{0,2}\/)?[\w.-]+(\/[\w.-]+)+$/.test(line)
}

function readCategory(section: AppSection): string {
  const value = section.text('Category')
  if (value === null) return 'Other'
  const found = CATEGORIES.find((category) => category.toLowerCase() === value.trim().toLowerCase())
  if (found !== undefined) return found
  const meant = suggest(value, CATEGORIES)
  section.report(
    advice(
      'manifest.category-unknown',
      value.trim().toLowerCase() === 'all'
        ? '"All" is the catalog without a filter, not a category, so the app is listed under Other.'
        : `"${clip(value)}" is no category of the catalog, so the app is listed under Other.${meant === null ? '' : ` Did you mean "${meant}"?`}`,
      { ...section.place('Category'), ...(meant === null ? {} : { fix: `Category = "${meant}"` }) },
    ),
  )
  return 'Other'
}

function readTags(section: AppSection): string[] {
  const tags = new Set<string>()
  for (const [index, tag] of section.strings('Tags').entries()) {
    const place = section.place('Tags', index)
    if (tag.trim() === '') {
      section.report(warning('manifest.tag-empty', 'An empty tag has no effect. Remove it.', place))
    } else if (tags.has(tag)) {
      section.report(
        advice(
          'manifest.tag-repeated',
          `The tag "${clip(tag)}" is there twice. Remove one.`,
          place,
        ),
      )
    } else tags.add(tag)
  }
  return [...tags]
}

function readLifecycle(section: AppSection): Lifecycle {
  const value = section.string('InstanceLifecycle')
  if (value === null) return 'ON_DEMAND'
  const found = LIFECYCLES.find((lifecycle) => lifecycle === value.trim().toUpperCase())
  if (found !== undefined) return found
  const meant = suggest(value, LIFECYCLES)
  section.report(
    error(
      'manifest.lifecycle-unknown',
      `"${clip(value)}" is no lifecycle. Write ON_DEMAND, MANAGED or LINK.`,
      {
        ...section.place('InstanceLifecycle'),
        ...(meant === null ? {} : { fix: `InstanceLifecycle = "${meant}"` }),
      },
    ),
  )
  return 'ON_DEMAND'
}

function readTimeout(section: AppSection): Manifest['instanceTimeout'] {
  const raw = section.raw('InstanceTimeout')
  if (raw === undefined) return null
  // -1 is the one value that reads naturally as a number.
  if (raw === -1 || (typeof raw === 'string' && raw.trim() === '-1')) return 'never'
  if (typeof raw === 'string') {
    if (raw.trim() === '') return null
    const seconds = parseDuration(raw.trim())
    if (seconds !== null) return seconds
  } else if (typeof raw !== 'number') {
    section.string('InstanceTimeout')
    return null
  }
  section.report(
    error(
      'manifest.timeout-invalid',
      `"${clip(String(raw))}" is no timeout. Write a duration with its unit in quotes, such as "45s", "30m" or "1h", or "-1" for never.`,
      section.place('InstanceTimeout'),
    ),
  )
  return null
}
