import { compareText } from '../finding.ts'
import { type Change, kindOf, patch } from './change.ts'
import { counted } from './shown-text.ts'
import type { Snapshot, SnapshotFile } from './snapshot.ts'

const LOOKS = patch('It only looks different; the app does the same as before.')

/**
 * What is different on the app's page in the catalog: icon, screenshots and long description.
 * Pictures are found by their names alone, as nobody can look into those of a published version.
 */
export function comparePresentation(before: Snapshot, after: Snapshot): Change[] {
  return [...compareIcon(before, after), ...compareScreenshots(before, after)]
}

/** The long description by its text; how lines end is no change. */
export function compareLongDescriptions(before: string | null, after: string | null): Change[] {
  const old = plain(before)
  const now = plain(after)
  if (old === now) return []
  const kind = kindOf(old, now)
  return [
    {
      field: 'App.LongDescription',
      kind,
      before: size(old),
      after: size(now),
      summary: `Long description ${kind}`,
      ...LOOKS,
    },
  ]
}

function plain(text: string | null): string | null {
  const trimmed = text?.replaceAll('\r\n', '\n').trim() ?? ''
  return trimmed === '' ? null : trimmed
}

function size(text: string | null): string | null {
  return text === null ? null : counted(text.length, 'character')
}

const DIRECTLY_IN_STATIC = /^static\/[^/]+$/

function picturesOf(snapshot: Snapshot, pattern: RegExp): SnapshotFile[] {
  return snapshot.files
    .filter(({ path }) => DIRECTLY_IN_STATIC.test(path) && pattern.test(path))
    .toSorted((a, b) => compareText(a.path, b.path))
}

const contentsOf = ({ size, crc32 }: SnapshotFile) => `${size} ${crc32}`

function compareIcon(before: Snapshot, after: Snapshot): Change[] {
  const old = iconOf(before)
  const now = iconOf(after)
  if (old === now) return []
  const kind = kindOf(old, now)
  const summary = `Icon ${kind}`
  return [{ field: 'Icon', kind, before: null, after: null, summary, ...LOOKS }]
}

/** The contents of the icon: static/icon.png, else the first icon*, else the first named after the app. */
function iconOf(snapshot: Snapshot): string | null {
  const pictures = picturesOf(snapshot, /\.(?:png|jpe?g|gif|webp)$/i)
  const name = snapshot.manifest?.name.toLowerCase() ?? null
  const icon =
    pictures.find(({ path }) => path === 'static/icon.png') ??
    pictures.find(({ path }) => /^static\/icon/i.test(path)) ??
    pictures.find(({ path }) => name !== null && path.toLowerCase().startsWith(`static/${name}`))
  return icon === undefined ? null : contentsOf(icon)
}

function compareScreenshots(before: Snapshot, after: Snapshot): Change[] {
  const pattern = /^static\/screenshot/i
  const old = picturesOf(before, pattern).map(contentsOf)
  const now = picturesOf(after, pattern).map(contentsOf)
  if (old.length === now.length && old.every((contents, index) => contents === now[index])) {
    return []
  }
  const count = (list: readonly string[]) => (list.length === 0 ? null : String(list.length))
  const values = { before: count(old), after: count(now) }
  const kind = kindOf(values.before, values.after)
  const sameSet = old.toSorted().join() === now.toSorted().join()
  const summary =
    kind === 'added'
      ? `${counted(now.length, 'screenshot')} added`
      : kind === 'removed'
        ? `${counted(old.length, 'screenshot')} removed`
        : sameSet
          ? 'Screenshots in a different order'
          : old.length === now.length
            ? 'Screenshots changed'
            : `Screenshots ${old.length} → ${now.length}`
  return [{ field: 'Screenshots', kind, ...values, summary, ...LOOKS }]
}
