import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { environmentKey } from './environments.ts'

const python = { executable: '/usr/bin/python3', version: '3.12.1' }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-key-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function key(
  files: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
  by = python,
): Promise<string> {
  await rm(folder, { recursive: true })
  await mkdir(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return environmentKey(by, { folder, own }, path.join(folder, 'requirements.txt'))
}

const plain = { 'requirements.txt': 'flask==3.0\n' }

test('apps with the same requirements share an environment, whatever else they hold', async () => {
  expect(await key({ ...plain, 'server.py': 'a' })).toBe(await key({ ...plain, 'server.py': 'b' }))
})

test('another Python, another requirement or another wheel makes another one', async () => {
  const keys = [
    await key(plain),
    await key({ 'requirements.txt': 'flask==3.1\n' }),
    await key(plain, {}, { ...python, version: '3.12.2' }),
    await key({ ...plain, 'one.whl': 'a' }),
    await key({ ...plain, 'one.whl': 'b' }),
  ]
  expect(new Set(keys).size).toBe(keys.length)
})

test('where requirements name other files, what is in those counts', async () => {
  const nested = { 'requirements.txt': '-r more.txt\n' }
  expect(await key({ ...nested, 'more.txt': 'a' })).not.toBe(
    await key({ ...nested, 'more.txt': 'b' }),
  )
})

test('nobody gets what somebody else’s variables had installed', async () => {
  const elsewhere = { PIP_INDEX_URL: 'http://elsewhere.example/simple' }
  expect(await key(plain, elsewhere)).not.toBe(await key(plain))
  expect(await key(plain, { A: '1', B: '2' })).toBe(await key(plain, { B: '2', A: '1' }))
})
