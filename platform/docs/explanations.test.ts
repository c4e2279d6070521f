import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Severity } from '../../src/bundle/finding.ts'
import { parseExplanations, readExplanations } from './explanations.ts'

const SOURCES = path.resolve(import.meta.dirname, '../../src/bundle')

/** Codes whose severity depends on the bundle, or that are put together while the program runs. */
const BY_HAND: Readonly<Record<string, readonly Severity[]>> = {
  'env.optional-unused': ['warning'],
  'env.secret-incomplete': ['error'],
  'env.source-conflict': ['error'],
  'env.source-missing': ['error'],
  'file.optional-unused': ['warning'],
  'file.secret-incomplete': ['error'],
  'file.source-conflict': ['error'],
  'file.source-missing': ['error'],
  'icon.damaged': ['warning'],
  'icon.enormous': ['warning'],
  'icon.extension-mismatch': ['advice'],
  'icon.not-an-image': ['warning'],
  'link.file-present': ['error'],
  'link.runtime-present': ['error'],
  'long-description.encoding': ['warning'],
  'long-description.too-large': ['warning'],
  'manifest.long-description-missing': ['warning'],
  'manifest.unknown-key': ['warning'],
  'manifest.unknown-section': ['warning'],
  'packages.command': ['warning'],
  'packages.encoding': ['warning'],
  'packages.name': ['warning'],
  'packages.option': ['warning'],
  'packages.several': ['warning'],
  'packages.too-large': ['warning'],
  'requirements.conflict': ['error', 'warning'],
  'requirements.file-missing': ['error', 'warning'],
  'requirements.path-outside': ['error', 'warning'],
  'requirements.unreadable': ['error', 'warning'],
  'requirements.wheel-missing': ['error', 'warning'],
  'requirements.wheel-name': ['error', 'warning'],
  'screenshot.damaged': ['warning'],
  'screenshot.enormous': ['warning'],
  'screenshot.extension-mismatch': ['advice'],
  'screenshot.not-an-image': ['warning'],
}

/** `${code}.source-missing` and the like: what they become is listed above. */
const TEMPLATES: readonly string[] = [
  '${code}.optional-unused',
  '${code}.secret-incomplete',
  '${code}.source-conflict',
  '${code}.source-missing',
  '${kind}.damaged',
  '${kind}.enormous',
  '${kind}.extension-mismatch',
  '${kind}.not-an-image',
  'link.${name.toLowerCase()}-present',
]

const AREAS = [
  'archive|manifest|app|runtime|env|file|link|requirements|packages|wheel|python|image',
  'icon|screenshot|long-description|content|compare',
].join('|')
const CODE = new RegExp(String.raw`['"\`]((?:${AREAS})\.[a-z0-9-]+)['"\`]`, 'g')
const TEMPLATE = /`(\$\{\w+\}\.[a-z][a-z0-9-]+|[a-z-]+\.\$\{[^`{}]+\}[a-z0-9-]*)`/g
const FILE_NAME = /\.(?:md|png|py|toml|txt|whl)$/
const SEVERITIES: Readonly<Record<string, Severity>> = {
  error: 'error',
  refuse: 'error',
  refusal: 'error',
  warning: 'warning',
  advice: 'advice',
}

type Use = { code: string; severity: Severity | null }

function sources(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => !/(^|[\\/])testing[\\/]/.test(file))
    .map((file) => readFileSync(path.join(SOURCES, file), 'utf8'))
}

/** Every code in the sources, with the severity where it stands in a call that says it. */
function usesIn(text: string): Use[] {
  return [...text.matchAll(CODE)].flatMap(({ 0: literal, 1: code = '', index }) => {
    if (FILE_NAME.test(code)) return []
    const before = text.slice(Math.max(0, index - 60), index)
    const after = text.slice(index + literal.length, index + literal.length + 60)
    const called = /\b(\w+)\(\s*(?:entry,\s*)?$/.exec(before)?.[1] ?? ''
    const listed = /^,\s*severity: '(\w+)'/.exec(after)?.[1] ?? ''
    return { code, severity: SEVERITIES[called] ?? SEVERITIES[listed] ?? null }
  })
}

const texts = sources()
const uses = texts.flatMap(usesIn)
const { chapters } = parseExplanations(readExplanations())
const explanations = chapters.flatMap((chapter) => chapter.explanations)
const explained = explanations.map(({ code }) => code)

describe('docs/findings.md', () => {
  test('explains every code that the sources have, and no other', () => {
    const codes = new Set([...uses.map(({ code }) => code), ...Object.keys(BY_HAND)])
    expect(codes.size).toBeGreaterThan(100)
    expect(explained.toSorted()).toEqual([...codes].toSorted())
  })

  test('gives each finding the severity that it is reported with', () => {
    const severities = new Map(Object.entries(BY_HAND).map(([code, list]) => [code, new Set(list)]))
    for (const { code, severity } of uses) {
      if (severity === null || code in BY_HAND) continue
      severities.set(code, (severities.get(code) ?? new Set()).add(severity))
    }
    const found = explained.map((code) => [code, [...(severities.get(code) ?? [])].toSorted()])
    expect(explanations.map(({ code, severities: list }) => [code, list.toSorted()])).toEqual(found)
  })

  test('knows every code that is put together while the program runs', () => {
    const templates = texts.flatMap((text) =>
      [...text.matchAll(TEMPLATE)].map(([, made = '']) => made),
    )
    expect([...new Set(templates)].toSorted()).toEqual([...TEMPLATES].toSorted())
  })

  test('says of every finding in a paragraph of its own what to do', () => {
    for (const { code, blocks } of explanations) {
      const leads = blocks.filter((block) => {
        const words = block.type === 'paragraph' ? block.children[0] : undefined
        const [lead] = words?.type === 'strong' ? words.children : []
        return lead?.type === 'text' && lead.value === 'What to do.'
      })
      expect(leads, code).toHaveLength(1)
    }
  })
})

describe('a file of explanations', () => {
  test('must begin what it says of a finding with its severity', () => {
    expect(() => parseExplanations('## A\n\n### a.b\n\nIt is wrong.\n')).toThrow(/a\.b/)
    expect(() => parseExplanations('### a.b\n\n**Error.** Wrong.\n')).toThrow(/out of place/)
  })
})
