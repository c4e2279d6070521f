import type { Inspection } from '../inspect.ts'
import { ChangeError, type Fix } from './fix.ts'
import { applyChanges, partsOf, readText, type Part } from './parts.ts'

/** What a fix would do to a bundle, to be shown before it is applied. Sizes are unpacked bytes. */
export type FixDescription = {
  title: string
  /** Text files that change, before and after. */
  texts: { path: string; before: string; after: string }[]
  /** Files and folders that go, with how much is in them. */
  removed: { path: string; fileCount: number; size: number }[]
  renamed: { from: string; to: string }[]
  /** The folder whose contents become the bundle's; null where the root stays. */
  newRoot: string | null
}

/** Describes a fix. Rejects as `applyFix` does. */
export async function describeFix(
  { archive }: Inspection,
  { title, changes }: Fix,
): Promise<FixDescription> {
  if (archive === null) throw new ChangeError('The archive is refused, so it can’t be changed.')
  const description: FixDescription = {
    title,
    texts: [],
    removed: [],
    renamed: [],
    newRoot: null,
  }
  let parts: readonly Part[] = partsOf(archive)
  for (const change of changes) {
    const next = await applyChanges(archive, [change], parts)
    if (change.kind === 'remove') description.removed.push(...countRemoved(parts, change.paths))
    else if (change.kind === 'rename') {
      description.renamed.push({ from: change.from, to: change.to })
    } else if (change.kind === 'reroot') description.newRoot = change.folder
    parts = next
  }
  for (const part of parts) {
    if (part.from === null || part.bytes === null) continue
    const before = await readText(archive, { ...part, bytes: null })
    description.texts.push({ path: part.path, before, after: await readText(archive, part) })
  }
  return description
}

function countRemoved(parts: readonly Part[], paths: readonly string[]): FixDescription['removed'] {
  const removed = new Map(paths.map((path) => [path, { path, fileCount: 0, size: 0 }]))
  for (const { path, from } of parts) {
    if (from === null || from.isFolder) continue
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const counted = removed.get(path.slice(0, end))
      if (counted === undefined) continue
      counted.fileCount++
      counted.size += from.size
      break
    }
  }
  return [...removed.values()]
}
