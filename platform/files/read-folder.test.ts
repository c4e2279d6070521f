import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readFolder } from './read-folder.ts'

test('links are followed to files inside of the folder, and no others', async () => {
  const base = await mkdtemp(path.join(tmpdir(), 'read-folder-'))
  onTestFinished(() => rm(base, { recursive: true }))
  const folder = path.join(base, 'app')
  await mkdir(path.join(folder, 'src'), { recursive: true })
  await mkdir(path.join(base, 'app-2'))
  await writeFile(path.join(folder, 'src/app.py'), 'inside')
  await writeFile(path.join(base, 'app-2/secret'), 'outside')
  const links: Record<string, string> = {
    'copy.py': 'src/app.py',
    'src/up.py': '../src/app.py',
    secret: '../app-2/secret',
    absolute: path.join(base, 'app-2/secret'),
    folder: 'src',
    self: '.',
    outside: '..',
    broken: 'nowhere',
    circle: 'circle',
  }
  for (const [name, target] of Object.entries(links)) {
    await symlink(target, path.join(folder, name))
  }
  // The folder itself may be reached by a link.
  await symlink(folder, path.join(base, 'link'))

  const files = await readFolder(path.join(base, 'link'))
  const read: Record<string, string> = {}
  for (const file of files.filter((found) => found.isLink !== true)) {
    read[file.path] = new TextDecoder().decode(await file.read())
  }
  expect(read).toEqual({ 'copy.py': 'inside', 'src/app.py': 'inside', 'src/up.py': 'inside' })
  const left = files.filter((found) => found.isLink)
  expect(left.map((file) => file.path).toSorted()).toEqual([
    'absolute',
    'broken',
    'circle',
    'folder',
    'outside',
    'secret',
    'self',
  ])
  for (const file of left) await expect(file.read()).rejects.toThrow('link')
})
