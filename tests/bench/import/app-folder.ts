import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const manifest =
  '[App]\nName = "folder"\nVersion = "1.0.0"\nTitle = "Many files"\n\n[Runtime]\nModule = "server"\nAppMode = "python"\n'

/** Writes an app of so many files, from 3 on; a fiftieth of them lies in a folder that .appignore leaves out. */
export async function writeAppFolder(folder: string, files: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'app.toml'), manifest)
  await writeFile(path.join(folder, 'server.py'), 'print(1)\n')
  await writeFile(path.join(folder, '.appignore'), 'scratch/\n')
  const names = ['scratch', ...Array.from({ length: 49 }, (_, n) => `module_${n}`)]
  const each = (files - 3) / names.length
  for (const [at, name] of names.entries()) {
    await mkdir(path.join(folder, name), { recursive: true })
    const start = Math.round(at * each)
    const count = Math.round((at + 1) * each) - start
    await Promise.all(
      Array.from({ length: count }, (_, n) =>
        writeFile(path.join(folder, name, `f_${n}.py`), `value = ${start + n}\n`.repeat(100)),
      ),
    )
  }
}
