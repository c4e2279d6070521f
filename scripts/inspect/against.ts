import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { compareBundles, type Comparison } from '../../src/bundle/compare/compare-bundles.ts'
import {
  describeComparison,
  describeSuggestion,
} from '../../src/bundle/compare/describe-comparison.ts'
import { type Snapshot, snapshotOf } from '../../src/bundle/compare/snapshot.ts'
import { suggestVersion, type Suggestion } from '../../src/bundle/compare/suggest-version.ts'
import type { Inspection } from '../../src/bundle/inspect.ts'
import { paint, printable, terminalWidth, wrap } from './terminal.ts'

/** The bundle that others are compared with. */
export type OldBundle = { file: string; snapshot: Snapshot }

export type Compared = { comparison: Comparison & { suggestion: Suggestion } }

/** Only archives of one size can be the same, so only those are read whole. */
export async function compareWith(
  old: OldBundle,
  file: string,
  inspection: Inspection,
): Promise<Compared> {
  const { archive } = old.snapshot
  const mayBeSame = archive !== null && archive.size === inspection.stats.size
  const before = mayBeSame
    ? { ...old.snapshot, archive: { ...archive, sha256: await sha256Of(old.file) } }
    : old.snapshot
  const after = await snapshotOf(inspection, mayBeSame ? await sha256Of(file) : null)
  const comparison = compareBundles(before, after)
  return { comparison: { ...comparison, suggestion: suggestVersion(comparison, []) } }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** What changed since the old bundle, in lines for people. */
export function comparisonLines(against: string, { comparison }: Compared): string[] {
  const sections = describeComparison(comparison)
  // Of a bundle that can't be read nobody knows what its version should be.
  if (comparison.after !== null) {
    sections.push(describeSuggestion(comparison, comparison.suggestion))
  }
  const width = terminalWidth()
  const body = sections.flatMap(({ title, lines }) => [
    printable(title),
    ...lines.flatMap((line) =>
      wrap(printable(line), width - 4).map((part, index) => (index === 0 ? '  ' : '    ') + part),
    ),
  ])
  return [paint('bold', `Against ${printable(against)}`), ...body, '']
}
