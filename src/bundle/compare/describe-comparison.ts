import type { Change, ChangeGroup } from './change.ts'
import type { Comparison } from './compare-bundles.ts'
import {
  countDifferent,
  type FileChange,
  type FileChangeKind,
  type FileGroup,
  type FileRole,
} from './compare-files.ts'
import { sizeText } from './size-text.ts'
import type { Suggestion } from './suggest-version.ts'

/** A heading and the lines below it, none of them longer than a few hundred characters. */
export type TextSection = { title: string; lines: string[] }

const MARKS: Record<FileChangeKind, string> = {
  added: '+',
  removed: '-',
  changed: '~',
  renamed: '>',
}

const CONTENT: Record<Comparison['content'], string | null> = {
  identical: 'The bundles are identical.',
  repacked: 'The same files, packed again.',
  'same-files': 'The same files.',
  changed: null,
  unknown: null,
}

const ROLES: Record<FileRole, string> = {
  source: 'Source files',
  static: 'Static files',
  data: 'Data files',
  other: 'Other files',
}

/** A comparison in lines for people, sections without changes left out. */
export function describeComparison(comparison: Comparison): TextSection[] {
  const { content, manifest, requirements, packages, presentation, files } = comparison
  const same = CONTENT[content]
  const sections = [
    { title: 'Contents', lines: same === null ? [] : [same] },
    { title: 'Manifest', lines: changeLines(manifest) },
    { title: 'Python packages', lines: changeLines(requirements) },
    { title: 'System packages', lines: changeLines(packages) },
    { title: 'Looks', lines: changeLines(presentation) },
    ...files.map((group) => ({ title: fileTitle(group), lines: fileLines(group) })),
    {
      title: 'Not compared',
      lines: comparison.notCompared.map((part) => `${part}, as one of them couldn't be read`),
    },
    { title: 'Mind', lines: comparison.warnings.map(({ message }) => message) },
  ]
  return sections.filter(({ lines }) => lines.length > 0)
}

/** The suggested version in lines: the version, why, and what else would do. */
export function describeSuggestion(comparison: Comparison, suggestion: Suggestion): TextSection {
  const { version, level, reasons, alternatives } = suggestion
  const title =
    version === null
      ? 'No version is left that is higher and short enough'
      : version === comparison.after?.version
        ? `Version ${version} fits: the changes ask for a ${level} step`
        : `Suggested version: ${version}, a ${level} step`
  return {
    title,
    lines: [...reasons, ...alternatives.map((other) => `Or ${other.version} ${other.why}`)],
  }
}

function changeLines({ changes, more }: ChangeGroup): string[] {
  return withMore(changes.map(changeLine), more)
}

function changeLine({ kind, summary, weight }: Change): string {
  return `${MARKS[kind]} ${summary}${weight === 'none' ? '' : `  [${weight}]`}`
}

function withMore(lines: string[], more: number): string[] {
  return more > 0 ? [...lines, `and ${more} more`] : lines
}

function fileTitle({ role, counts, bytesBefore, bytesAfter }: FileGroup): string {
  const kinds = ['added', 'removed', 'changed', 'renamed', 'unchanged'] as const
  const parts = kinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`)
  const sizes = `${sizeText(bytesBefore)} → ${sizeText(bytesAfter)}`
  return `${ROLES[role]}: ${[...parts, sizes].join(', ')}`
}

function fileLines({ counts, changes, more }: FileGroup): string[] {
  return countDifferent(counts) === 0 ? [] : withMore(changes.map(fileLine), more)
}

function fileLine({ path, kind, from, sizeBefore, sizeAfter }: FileChange): string {
  const name = from === null ? path : `${from} → ${path}`
  const sizes = [sizeBefore, sizeAfter].filter((size) => size !== null).map(sizeText)
  const isSame = sizeBefore === sizeAfter || kind === 'renamed'
  return `${MARKS[kind]} ${name}  ${isSame ? (sizes[0] ?? '') : sizes.join(' → ')}`
}
