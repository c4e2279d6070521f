import type { TomlTable, TomlValue } from 'smol-toml'
import { readApp } from './app-rules.ts'
import { decodeUtf8 } from '../zip/entry-name.ts'
import { readEnv } from './env-rules.ts'
import { readFiles } from './file-rules.ts'
import { advice, error, warning, type Finding, type Place } from '../finding.ts'
import { MANIFEST_PATH, type Manifest } from './manifest.ts'
import {
  isTable,
  matchKeys,
  Section,
  SECTION_KEYS,
  typeName,
  type ManifestContext,
  type SectionName,
} from './table.ts'
import { readRuntime } from './runtime-rules.ts'
import { checkToml } from './check-toml.ts'
import { locateToml } from './toml-source.ts'
import { fixOf, tomlText } from './toml-text.ts'

export type ManifestReading = {
  /** Null where the text can't be parsed, or has no usable name and version. */
  manifest: Manifest | null
  findings: Finding[]
  /** Where a value stands, for findings that need the bundle's files too. */
  place(section: 'App' | 'Runtime', key: string): Place
}

/**
 * Reads an app.toml and checks every rule that needs nothing but the file itself. All findings come
 * at once; never throws for what the bytes are.
 */
export async function readManifest(
  bytes: Uint8Array,
  allowedEnvNames: readonly string[] = [],
): Promise<ManifestReading> {
  const nowhere = (findings: Finding[]): ManifestReading => ({
    manifest: null,
    findings,
    place: () => ({ path: MANIFEST_PATH }),
  })
  const decoded = decodeManifest(bytes)
  if (typeof decoded !== 'string') return nowhere([decoded])
  const findings: Finding[] = []
  const text = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded
  if (text !== decoded) {
    findings.push(
      advice(
        'manifest.byte-order-mark',
        'app.toml starts with a byte order mark. Save it as UTF-8 without one.',
        { path: MANIFEST_PATH, line: 1, column: 1 },
      ),
    )
  }
  const parsed = await parseToml(text)
  if (parsed.table === null) return nowhere([...findings, parsed.finding])

  const source = locateToml(text)
  for (const finding of checkToml(text, source)) {
    if (finding.severity === 'error') return nowhere([...findings, finding])
    findings.push(finding)
  }
  const context: ManifestContext = { source, findings }
  const sections = matchKeys(context, parsed.table, [], Object.keys(SECTION_KEYS), {
    noun: 'section of app.toml',
    unknownCode: 'manifest.unknown-section',
  })
  const manifest = readSections(context, sections, allowedEnvNames)
  return {
    manifest,
    findings,
    place(name, key) {
      const section = sections.get(name)
      const table = isTable(section?.value) ? section.value : {}
      const spelled = Object.keys(table).find((k) => k.toLowerCase() === key.toLowerCase())
      return {
        path: MANIFEST_PATH,
        ...context.source.value([
          section?.key ?? name,
          ...(spelled === undefined ? [] : [spelled]),
        ]),
      }
    },
  }
}

function decodeManifest(bytes: Uint8Array): string | Finding {
  const text = decodeUtf8(bytes)
  const isUtf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (text !== null && !isUtf16) return text
  return error(
    'manifest.encoding',
    isUtf16
      ? 'app.toml is UTF-16. Save it as UTF-8.'
      : 'app.toml isn’t valid UTF-8. Save it as UTF-8.',
    { path: MANIFEST_PATH, ...(isUtf16 ? {} : { line: firstBrokenLine(bytes) }) },
  )
}

function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start)
    const next = end < 0 ? bytes.length : end + 1
    if (decodeUtf8(bytes.subarray(start, next)) === null) return line
    start = next
  }
  return line
}

async function parseToml(
  text: string,
): Promise<{ table: TomlTable } | { table: null; finding: Finding }> {
  // The parser takes off one more; no other does.
  if (text.startsWith('\uFEFF')) {
    const message = 'app.toml starts with two byte order marks. Save it as UTF-8 without any.'
    return {
      table: null,
      finding: error('manifest.syntax', message, { path: MANIFEST_PATH, line: 1, column: 1 }),
    }
  }
  const { parse, TomlError } = await import('smol-toml')
  try {
    return { table: parse(text, { integersAsBigInt: 'asNeeded', maxDepth: 64 }) }
  } catch (reason) {
    if (!(reason instanceof Error)) throw reason
    const [first = ''] = reason.message.split('\n')
    const what = first.replace(/^Invalid TOML document: /, '')
    const position = reason instanceof TomlError ? { line: reason.line, column: reason.column } : {}
    return {
      table: null,
      finding: error('manifest.syntax', `app.toml can't be parsed: ${what}.`, {
        path: MANIFEST_PATH,
        ...position,
      }),
    }
  }
}

type Sections = ReturnType<typeof matchKeys>

function readSections(
  context: ManifestContext,
  sections: Sections,
  allowedEnvNames: readonly string[],
): Manifest | null {
  const { findings } = context
  const appTable = tableOf(context, sections, 'App')
  if (appTable === undefined) {
    findings.push(
      error(
        'manifest.app-missing',
        'The section [App] is missing. Add it with a Name and a Version.',
        {
          path: MANIFEST_PATH,
          line: 1,
          column: 1,
        },
      ),
    )
  }
  const app = appTable && readApp(appTable)
  const lifecycle = app?.lifecycle ?? 'ON_DEMAND'
  const link = readLink(context, sections, lifecycle === 'LINK')
  const runtime = readRuntimeOrNone(context, sections, lifecycle === 'LINK')
  const env = readEnv(tablesOf(context, sections, 'Env'), allowedEnvNames)
  const files = readFiles(tablesOf(context, sections, 'File'))
  if (lifecycle === 'LINK') checkLinkOnly(context, sections)
  if (!app || app.name === null || app.version === null) return null
  const { name, version } = app
  return { ...app, name, version, title: app.title ?? name, link, runtime, env, files }
}

function readRuntimeOrNone(
  context: ManifestContext,
  sections: Sections,
  isLink: boolean,
): Manifest['runtime'] {
  if (isLink) return null
  const section = tableOf(context, sections, 'Runtime')
  if (section !== undefined) return readRuntime(section)
  if (!sections.has('Runtime')) {
    context.findings.push(
      error(
        'runtime.missing',
        'The section [Runtime] is missing. Add it with the Module to start.',
        {
          path: MANIFEST_PATH,
          ...context.source.key([sections.get('App')?.key ?? 'App']),
        },
      ),
    )
  }
  return null
}

function readLink(context: ManifestContext, sections: Sections, isLink: boolean): string | null {
  const section = tableOf(context, sections, 'Link')
  const address = section?.text('Address') ?? null
  const appKey = sections.get('App')?.key ?? 'App'
  if (!isLink) {
    if (section !== undefined) {
      section.report(
        warning(
          'link.unused',
          'The section [Link] has no effect unless InstanceLifecycle is LINK.',
          section.place(),
        ),
      )
    }
    return address
  }
  if (address === null) {
    if (!section?.has('Address') || section.raw('Address') === '') {
      context.findings.push(
        error(
          'link.address-missing',
          'A LINK app needs the address that it opens: Address in the section [Link].',
          {
            path: MANIFEST_PATH,
            ...context.source.key([sections.get('Link')?.key ?? appKey]),
          },
        ),
      )
    }
  } else if (!isWebAddress(address)) {
    section?.report(
      error(
        'link.address-invalid',
        'Link.Address must be a complete address that starts with https:// or http://.',
        {
          ...section.place('Address'),
          ...(/^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(address)
            ? fixOf('Address', tomlText(`https://${address}`))
            : {}),
        },
      ),
    )
  }
  return address
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#]/i.test(text) && !/\s/.test(text) && URL.canParse(text)
}

function checkLinkOnly(context: ManifestContext, sections: Sections): void {
  for (const name of ['Runtime', 'File', 'Env'] as const) {
    const section = sections.get(name)
    if (section === undefined) continue
    const place = { path: MANIFEST_PATH, ...context.source.key([section.key]) }
    const message = `A LINK app has no instances, so the section [${name}] doesn't belong here. Remove it.`
    // Only Runtime and File are refused by the platform.
    context.findings.push(
      name === 'Env'
        ? warning('link.env-unused', message, place)
        : error(`link.${name.toLowerCase()}-present`, message, place),
    )
  }
}

function tableOf<Name extends 'App' | 'Runtime' | 'Link'>(
  context: ManifestContext,
  sections: Sections,
  name: Name,
): Section<(typeof SECTION_KEYS)[Name][number]> | undefined {
  const found = sections.get(name)
  if (found === undefined) return undefined
  if (isTable(found.value)) {
    return new Section(context, found.value, [found.key], name, SECTION_KEYS[name])
  }
  reportShape(context, name, found, `[${name}]`)
  return undefined
}

function tablesOf<Name extends 'Env' | 'File'>(
  context: ManifestContext,
  sections: Sections,
  name: Name,
): Section<(typeof SECTION_KEYS)[Name][number]>[] {
  const found = sections.get(name)
  if (found === undefined) return []
  if (!Array.isArray(found.value)) {
    reportShape(context, name, found, `[[${name}]]`)
    return []
  }
  const list: Section<(typeof SECTION_KEYS)[Name][number]>[] = []
  for (const [index, item] of found.value.entries()) {
    if (isTable(item)) {
      list.push(new Section(context, item, [found.key, index], `[${name}]`, SECTION_KEYS[name]))
    } else reportShape(context, name, { key: found.key, value: item }, `[[${name}]]`)
  }
  return list
}

function reportShape(
  context: ManifestContext,
  name: SectionName,
  found: { key: string; value: TomlValue },
  wanted: string,
): void {
  context.findings.push(
    error(
      'manifest.wrong-type',
      `${name} must be written as ${wanted}, but it is ${typeName(found.value)}.`,
      { path: MANIFEST_PATH, ...context.source.key([found.key]), fix: wanted },
    ),
  )
}
