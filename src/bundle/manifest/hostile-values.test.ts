import { expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { readManifest } from './read-manifest.ts'

const APP = '[App]\nName = "demo"\nVersion = "1.0.0"\nTitle = "D"\nDescription = "d"\n'

async function findingsOf(text: string): Promise<Finding[]> {
  return (await readManifest(new TextEncoder().encode(text))).findings
}

const UNSHOWN = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

test.each([
  ['a name', '[App]\nName = "\\u202edemo\\u001b[31m"\nVersion = "1.0.0"'],
  ['a version', '[App]\nName = "demo"\nVersion = "\\u202e1"'],
  ['a key', `${APP}"\\u202e\\u0007" = 1`],
  ['a section', `${APP}["\\u2066x"]`],
  ['a tag', `${APP}Tags = ["\\u001b", "\\u001b"]`],
  ['one text for a list', `${APP}Keywords = "\\u202e\\u007f"`],
  ['a variable', `${APP}[[Env]]\nName = "\\u2028"\nValue = ""`],
  ['a file', `${APP}[[File]]\nPath = "\\u202e/a:"\nValue = ""`],
  ['a module', `${APP}[Runtime]\nModule = "\\u0085"`],
  ['a quantity', `${APP}[Runtime]\nModule = "app"\nMemoryLimit = "\\u202e1"`],
  ['an address', `${APP}InstanceLifecycle = "LINK"\n[Link]\nAddress = "a.b/\\u202e"`],
])('%s with control characters is shown without them', async (_what, text) => {
  const findings = await findingsOf(text)
  expect(findings).not.toEqual([])
  for (const { message, fix = '' } of findings) {
    expect(message).not.toMatch(UNSHOWN)
    expect(fix).not.toMatch(UNSHOWN)
  }
})

const LONG = 'x'.repeat(200_000)

test.each([
  ['a module of colons', `${APP}[Runtime]\nModule = "${':'.repeat(200_000)}\\n"`],
  ['a module of blanks', `${APP}[Runtime]\nModule = "${' '.repeat(200_000)}x"`],
  ['a long module', `${APP}[Runtime]\nModule = "${LONG}:main"`],
  [
    'a quantity of blanks',
    `${APP}[Runtime]\nModule = "app"\nCPULimit = "1${' '.repeat(200_000)}x"`,
  ],
  ['a long variable', `${APP}[[Env]]\nName = "${LONG}-"\nValue = ""`],
  ['a long name without a title', `[App]\nName = "${LONG}"\nVersion = "1.0.0"`],
  ['a long address', `${APP}InstanceLifecycle = "LINK"\n[Link]\nAddress = "a.b/${LONG}"`],
  ['a long text for a list', `${APP}Keywords = "${LONG}"`],
  ['a long number for a text', `${APP}Category = 1${'0'.repeat(200_000)}.5`],
  ['a list under a long key', `${APP}${'k'.repeat(100_000)} = [${'1,'.repeat(60_000)}]`],
  [
    'a list under a deep key',
    `${APP}a.b = ${'['.repeat(60)}${'1,'.repeat(60_000)}${']'.repeat(60)}`,
  ],
])('%s is reported in few words', async (_what, text) => {
  const findings = await findingsOf(text)
  expect(findings).not.toEqual([])
  for (const { message, fix = '' } of findings) {
    expect(message.length).toBeLessThan(500)
    expect(fix.length).toBeLessThan(500)
  }
})

test('a second byte order mark is refused', async () => {
  const findings = await findingsOf(`\ufeff\ufeff${APP}`)
  expect(findings).toContainEqual(
    expect.objectContaining({ severity: 'error', code: 'manifest.syntax', line: 1, column: 1 }),
  )
})
