import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { writeZip, type EntryPlan } from '../testing/zip-writer.ts'
import { openArchive } from '../zip/open-archive.ts'
import { findTokens } from './find-tokens.ts'
import { findLeakedTokens } from './leaked-tokens.ts'

// Put together here, so that no scanner takes this file for a leak.
const letters = 'qZ7wLk2VtB9xRm4HsN8cYd3GfJ6pTv5WbXnK1rQzMhDyUgEa0oSiPjCeFlAu'
const random = (length: number) => letters.repeat(4).slice(0, length)
const github = `ghp_${random(36)}`
const aws = ['AKIA', 'Q7ZWLK2VTB5XRM4H'].join('')
const keyBlock = ['-----BEGIN RSA PRIVATE', 'KEY-----'].join(' ')

describe('a text', () => {
  test.each<[string, string]>([
    [aws, 'an AWS access key'],
    [github, 'a GitHub token'],
    [`github_pat_${random(60)}`, 'a GitHub token'],
    [`xoxb-2837465910-${random(24)}`, 'a Slack token'],
    [`sk-ant-api03-${random(80)}`, 'an Anthropic key'],
    [`sk-proj-${random(60)}`, 'an OpenAI key'],
    [`sk-${random(48)}`, 'an OpenAI key'],
    [`AIza${random(35)}`, 'a Google key'],
    [`pypi-AgEIcHlwaS5vcmc${random(80)}`, 'a PyPI token'],
    [`hf_${letters.replace(/\d/g, '').slice(0, 34)}`, 'a Hugging Face token'],
    [`${keyBlock}\nMIIEowIBAAKCAQEA${random(48)}\n`, 'a private key'],
    [`key = "${keyBlock}\\nMIIEowIBAAKCAQEA${random(48)}"`, 'a private key'],
  ])('%s', (token, kind) => {
    const tokens = findTokens(`a = 1\nkey: "${token}"\n`, 5)
    expect(tokens.map((found) => found.kind)).toEqual([kind])
    expect(token).toContain(tokens[0]?.start)
    expect(tokens[0]?.start).toHaveLength(4)
  })

  test.each([
    'AKIAIOSFODNN7EXAMPLE',
    'AKIAXXXXXXXXXXXXXXXX',
    `ghp_${'x'.repeat(36)}`,
    `ghp_${'ab'.repeat(18)}`,
    `ghp_your${random(36)}`,
    'sk-your-token-goes-here-please-replace-it',
    'sk-toggleable__label-arrow sk-estimator-doc-link sk-container-id-1',
    `task-${random(48)}`,
    'hf_hub_download hf_transformers_cache_folder_name_of_model',
    `${keyBlock}\n…`,
    `if "${keyBlock}" in text: raise ValueError("This is a private key. Take it out.")`,
    'AIza',
    '',
  ])('%s is no token', (text) => {
    expect(findTokens(text, 5)).toEqual([])
  })

  test('full of tokens gives as many as are wanted', () => {
    expect(findTokens(`${github} `.repeat(100), 3)).toHaveLength(3)
  })
})

async function scan(files: Record<string, string>, thorough = true): Promise<Finding[]> {
  const entries: EntryPlan[] = Object.entries(files).map(([name, data]) => ({ name, data }))
  const { archive } = await openArchive(new Blob([await writeZip({ entries })]))
  if (archive === null) throw new Error('The archive of the test is broken')
  return findLeakedTokens(archive, thorough)
}

describe('a bundle', () => {
  test('is warned of with file, line and column, and without the token', async () => {
    const findings = await scan({ 'app.toml': `[App]\nName = "${aws}"`, 'src/a.py': github })
    expect(findings).toMatchObject([
      { severity: 'warning', code: 'content.token', path: 'app.toml', line: 2, column: 9 },
      { severity: 'warning', code: 'content.token', path: 'src/a.py', line: 1, column: 1 },
    ])
    expect(findings[1]?.message).toContain('ghp_')
    expect(findings[1]?.message).not.toContain(github.slice(0, 5))
  })

  test.each([
    ['an image', 'static/icon.png'],
    ['what doesn’t belong into it', '.venv/a.py'],
    ['a package inside', 'ui/node_modules/a/b.json'],
    ['a hidden file', 'src/.env.toml'],
  ])('is not searched in %s', async (_what, path) => {
    expect(await scan({ [path]: github })).toEqual([])
  })

  test('is not searched in large files', async () => {
    expect(await scan({ 'a.md': github + ' '.repeat(64 * 1024) })).toEqual([])
  })

  test('is searched in its first files, whatever their order', async () => {
    const files: Record<string, string> = {}
    for (let index = 99; index >= 0; index--) {
      files[`f${String(index).padStart(2, '0')}.py`] = github
    }
    const found = (await scan(files)).map(({ path }) => path)
    expect(found).toEqual(
      Array.from({ length: 32 }, (_, at) => `f${String(at).padStart(2, '0')}.py`),
    )
  })

  test('is searched at its root alone for a first look', async () => {
    const findings = await scan({ 'a/b.py': github, 'c.py': github, 'app.toml': github }, false)
    expect(findings.map(({ path }) => path)).toEqual(['app.toml', 'c.py'])
  })

  test('an address in requirements.txt is left to their check', async () => {
    const index = `--index-url https://me:${github}@x.org/simple`
    expect(await scan({ 'requirements.txt': index })).toEqual([])
    expect(await scan({ 'requirements.txt': `foo==1 # ${github}` })).toHaveLength(1)
  })
})
