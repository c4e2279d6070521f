import type { Archive } from '../zip/archive.ts'
import { decodeUtf8 } from '../zip/entry-name.ts'
import { advice, warning, type Finding, type Place } from '../finding.ts'
import { MAX_TEXT_BYTES } from '../limits.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { clip } from '../manifest/table.ts'
import { fixOf, tomlText } from '../manifest/toml-text.ts'
import { resolveInRoot } from './resolve-in-root.ts'

/**
 * The markdown of the long description, from its file or the manifest itself; null, with a warning,
 * where it can't be read. Rejects with an ArchiveError where the archive is damaged.
 */
export async function readLongDescription(
  archive: Archive,
  description: NonNullable<Manifest['longDescription']>,
  place: Place,
): Promise<{ text: string | null; findings: Finding[] }> {
  if ('text' in description) return { text: description.text, findings: [] }
  const path = resolveInRoot(description.path) ?? ''
  const entry = archive.get(path)
  const fail = (code: string, message: string, where: Place) => ({
    text: null,
    findings: [warning(code, message, where)],
  })
  if (entry === undefined || entry.isFolder) {
    const wanted = path.toLowerCase()
    const twin = archive.entries.find((other) => other.path.toLowerCase() === wanted)
    return fail(
      'manifest.long-description-missing',
      `The file "${clip(description.path)}" isn't in the bundle, so the app has no long description. Add it or correct the path.`,
      { ...place, ...(twin === undefined ? {} : fixOf('LongDescription', tomlText(twin.path))) },
    )
  }
  if (entry.size > MAX_TEXT_BYTES) {
    return fail(
      'long-description.too-large',
      'The long description has more than 1 MiB, so it isn’t shown. Shorten it.',
      { path },
    )
  }
  const text = decodeUtf8(await archive.read(entry, MAX_TEXT_BYTES))
  if (text === null) {
    return fail(
      'long-description.encoding',
      'The long description isn’t valid UTF-8, so it isn’t shown. Save it as UTF-8.',
      { path },
    )
  }
  return { text: text.replace(/^\uFEFF/, ''), findings: checkStyle(text, path) }
}

// The platform's guide asks for bullet points, ### headings and links.
function checkStyle(text: string, path: string): Finding[] {
  for (const [index, line] of text.split('\n').entries()) {
    const other = /^#{1,2}\s|^#{4,6}\s/.test(line)
      ? 'Headings read best as "###", as the page has its own above them'
      : hasImage(line)
        ? 'Images belong into static/ as screenshots'
        : /^\s*<\/?[a-z]/i.test(line)
          ? 'HTML is cleaned before it is shown'
          : null
    if (other !== null) {
      return [
        advice(
          'long-description.style',
          `${other}. Bullet points, ### headings and links look best.`,
          { path, line: index + 1 },
        ),
      ]
    }
  }
  return []
}

// `![text](`, where the text holds no bracket that closes.
function hasImage(line: string): boolean {
  for (let at = line.indexOf(']('); at >= 0; at = line.indexOf('](', at + 1)) {
    const bracket = line.lastIndexOf(']', at - 1)
    if (line.slice(bracket + 1, at).includes('![')) return true
  }
  return false
}
