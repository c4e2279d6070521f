import type { Archive, Entry } from '../zip/archive.ts'
import { showName } from '../zip/entry-name.ts'
import { advice, compareText, warning, type Finding } from '../finding.ts'
import { looksLikeSvg, readImageInfo, type ImageInfo, type ImageType } from './image.ts'

/** Advice of the platform's guide: square, 400 to 1000 px, under 100 KB. */
const ICON_PIXELS = { least: 400, most: 1000 }
const ICON_BYTES = 100 * 1024
/** Beyond this, browsers need hundreds of megabytes to show an image, or give up. */
const MAX_SIDE = 10_000
const MAX_PIXELS = 50_000_000
/** Screenshots that are looked at; more are listed unseen. */
const MAX_SCREENSHOTS = 32
/** Bytes in which an image's size is found, first tried and at most (long JPEG metadata). */
const FIRST_PREFIX = 4096
const LONG_PREFIX = 512 * 1024

const EXTENSIONS: Record<string, ImageType> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
}
const LABELS: Record<ImageType, string> = { png: 'PNG', jpeg: 'JPEG', gif: 'GIF', webp: 'WebP' }

export type Pictures = { icon: Entry | null; screenshots: Entry[]; findings: Finding[] }

/** What `findPictures` looks at whatever the app's name, to be fetched before that is known. */
export function likelyPictures(archive: Archive): Entry[] {
  return archive.filesIn('static').filter((entry) => /^(icon|screenshot)/i.test(baseName(entry)))
}

/**
 * Finds icon and screenshots in `static/` and looks at their headers. Their faults are advice or
 * warnings; only a damaged archive rejects, with an ArchiveError.
 */
export async function findPictures(archive: Archive, appName: string | null): Promise<Pictures> {
  const files = archive.filesIn('static').toSorted((a, b) => compareText(a.path, b.path))
  const iconFindings: Finding[] = []
  const screenshotFindings: Finding[] = []
  const [icon, screenshots] = await Promise.all([
    findIcon(archive, files, appName, iconFindings),
    findScreenshots(archive, files, screenshotFindings),
  ])
  return { icon, screenshots, findings: [...iconFindings, ...screenshotFindings] }
}

function baseName(entry: Entry): string {
  return entry.path.slice(entry.path.lastIndexOf('/') + 1)
}

function extensionOf(entry: Entry): string {
  return /\.([^.]+)$/.exec(baseName(entry))?.[1]?.toLowerCase() ?? ''
}

// icon.png first, as early platforms know no other; then by how far a name is from it.
function iconRank(entry: Entry, appName: string | null): number | null {
  const name = baseName(entry)
  const extension = extensionOf(entry)
  if (!/^(png|jpe?g|gif|webp|svg)$/.test(extension)) return null
  if (name === 'icon.png') return 0
  const isPng = extension === 'png'
  if (/^icon/i.test(name)) return extension === 'svg' ? 6 : isPng ? 1 : 2
  if (appName !== null && name.toLowerCase().startsWith(appName.toLowerCase())) {
    return extension === 'svg' ? 7 : isPng ? 3 : 4
  }
  return null
}

async function findIcon(
  archive: Archive,
  files: readonly Entry[],
  appName: string | null,
  findings: Finding[],
): Promise<Entry | null> {
  const candidates = files
    .map((entry) => ({ entry, rank: iconRank(entry, appName) }))
    .filter((candidate): candidate is { entry: Entry; rank: number } => candidate.rank !== null)
    .toSorted((a, b) => a.rank - b.rank || compareText(a.entry.path, b.entry.path))
  for (const { entry } of candidates.slice(0, 4)) {
    const info = await readInfo(archive, entry, 'icon', findings)
    if (info === null) continue
    checkIcon(entry, info, findings)
    return entry
  }
  if (candidates.length === 0) {
    findings.push(
      advice(
        'icon.missing',
        'The app has no icon, so the catalog shows a placeholder. Add static/icon.png, square and 400 to 1000 pixels wide.',
      ),
    )
  }
  return null
}

function checkIcon(entry: Entry, info: ImageInfo, findings: Finding[]): void {
  const place = { path: entry.path }
  const { width, height } = info
  if (width !== null && height !== null && !isAbsurd(width, height)) {
    if (width !== height) {
      findings.push(
        advice(
          'icon.not-square',
          `The icon is ${width} × ${height} pixels. A square one fills its place.`,
          place,
        ),
      )
    }
    const side = Math.max(width, height)
    if (side < ICON_PIXELS.least || side > ICON_PIXELS.most) {
      findings.push(
        advice(
          'icon.dimensions',
          `The icon is ${width} × ${height} pixels; ${ICON_PIXELS.least} to ${ICON_PIXELS.most} look best.`,
          place,
        ),
      )
    }
  }
  if (entry.size > ICON_BYTES) {
    findings.push(
      advice(
        'icon.heavy',
        `The icon has ${Math.round(entry.size / 1024)} KB. Under 100 KB the catalog loads faster.`,
        place,
      ),
    )
  }
}

async function findScreenshots(
  archive: Archive,
  files: readonly Entry[],
  findings: Finding[],
): Promise<Entry[]> {
  const candidates = files.filter((entry) => /^screenshot/i.test(baseName(entry)))
  const seen = candidates.slice(0, MAX_SCREENSHOTS)
  const infos = await Promise.all(
    seen.map((entry) => readInfo(archive, entry, 'screenshot', findings)),
  )
  const screenshots = seen.filter((_entry, index) => infos[index] !== null)
  if (candidates.length > MAX_SCREENSHOTS) {
    findings.push(
      advice(
        'screenshot.too-many',
        `The catalog shows the first ${MAX_SCREENSHOTS} screenshots of ${candidates.length}.`,
      ),
    )
  }
  if (candidates.length === 0) {
    findings.push(
      advice(
        'screenshot.missing',
        'The app has no screenshots. Add some as static/screenshot-1.png and so on.',
      ),
    )
  }
  return screenshots
}

async function readInfo(
  archive: Archive,
  entry: Entry,
  kind: 'icon' | 'screenshot',
  findings: Finding[],
): Promise<ImageInfo | null> {
  const place = { path: showName(entry.path) }
  let prefix = await archive.readStart(entry, FIRST_PREFIX)
  let info = readImageInfo(prefix)
  if (info !== null && info.width === null && entry.size > prefix.length) {
    prefix = await archive.readStart(entry, LONG_PREFIX)
    info = readImageInfo(prefix)
  }
  if (info === null) {
    findings.push(
      warning(
        `${kind}.not-an-image`,
        looksLikeSvg(prefix)
          ? 'The platform doesn’t serve SVG, so this picture isn’t shown. Save it as PNG.'
          : 'This is no PNG, JPEG, GIF or WebP image, so it isn’t shown. Save it again as PNG.',
        place,
      ),
    )
    return null
  }
  const { width, height } = info
  if (width === null || height === null || width === 0 || height === 0) {
    findings.push(
      warning(`${kind}.damaged`, 'The image’s header is damaged. Save it again.', place),
    )
  } else if (isAbsurd(width, height)) {
    findings.push(
      warning(
        `${kind}.enormous`,
        `The image is ${width} × ${height} pixels, more than browsers can show. Make it smaller.`,
        place,
      ),
    )
  }
  const extension = extensionOf(entry)
  if (EXTENSIONS[extension] !== info.type) {
    findings.push(
      advice(
        `${kind}.extension-mismatch`,
        `The image is a ${LABELS[info.type]}, but its name says ${extension === '' ? 'nothing' : `.${showName(extension)}`}. Rename it.`,
        {
          ...place,
          fix: `.${info.type === 'jpeg' ? 'jpg' : info.type}`,
        },
      ),
    )
  }
  return info
}

function isAbsurd(width: number, height: number): boolean {
  return width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS
}
