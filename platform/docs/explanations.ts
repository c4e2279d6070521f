import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Severity } from '../../src/bundle/finding.ts'
import { type Block, parseMarkdown } from './markdown.ts'

/** What is said of one finding, in the order of the file. */
export type Explanation = { code: string; severities: Severity[]; blocks: Block[] }

/** A chapter, and what belongs to no finding at its beginning. */
export type Chapter = { title: string; blocks: Block[]; explanations: Explanation[] }

export type Explanations = { title: string; blocks: Block[]; chapters: Chapter[] }

/** The text of `docs/findings.md`. */
export function readExplanations(): string {
  return readFileSync(path.resolve(import.meta.dirname, '../../docs/findings.md'), 'utf8')
}

/**
 * Takes `docs/findings.md` apart: a chapter below each `##`, a finding below each `###`, whose first
 * words say how severe it is.
 *
 * @throws where the file isn't written that way
 */
export function parseExplanations(text: string): Explanations {
  const parsed: Explanations = { title: '', blocks: [], chapters: [] }
  let open = parsed.blocks
  for (const block of parseMarkdown(text)) {
    if (block.type !== 'heading') {
      open.push(block)
      continue
    }
    const title = textOf(block)
    const chapter = parsed.chapters.at(-1)
    if (block.depth === 1) parsed.title = title
    else if (block.depth === 2) {
      open = []
      parsed.chapters.push({ title, blocks: open, explanations: [] })
    } else if (block.depth === 3 && chapter !== undefined) {
      open = []
      chapter.explanations.push({ code: title, severities: [], blocks: open })
    } else throw new Error(`The heading "${title}" is out of place`)
  }
  for (const { explanations } of parsed.chapters) {
    for (const one of explanations) one.severities = takeSeverities(one)
  }
  return parsed
}

/** Takes the words "**Error or warning.**" out of the first paragraph. */
function takeSeverities({ code, blocks }: Explanation): Severity[] {
  const [first] = blocks
  const words = first?.type === 'paragraph' ? first.children.shift() : undefined
  const found =
    words?.type === 'strong'
      ? textOf(words)
          .toLowerCase()
          .match(/\b(?:error|warning|advice)\b/g)
      : null
  if (found === null) throw new Error(`What is said of ${code} doesn't begin with its severity`)
  return found as Severity[]
}

function textOf(node: Block): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
