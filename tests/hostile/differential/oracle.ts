import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { concat } from '../../../src/bundle/testing/zip-writer.ts'
import { fieldBytes } from './layout.ts'

/** An entry as Python's zipfile reads it. */
export type PythonEntry = {
  /** As decoded: UTF-8 where marked, else code page 437. */
  name: string
  /** The bytes of the name, in hexadecimal. */
  raw: string
  marked: boolean
  folder: boolean
} & ({ size: number; sha256: string } | { error: string })

export type PythonArchive = { entries: PythonEntry[] } | { error: string }

/** What tomllib says; `missing` where Python is older than 3.11. */
export type PythonToml = { error?: string; recursion?: string; missing?: true }

/** One long-lived Python that reads archives and TOML. */
export type Oracle = {
  readArchive(data: Uint8Array): Promise<PythonArchive>
  readToml(data: Uint8Array): Promise<PythonToml>
  close(): void
}

/** Starts `python3`. Its answers come in the order of the questions. */
export function startOracle(): Oracle {
  const child = spawn('python3', [path.join(import.meta.dirname, 'oracle.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting: { resolve: (line: string) => void; reject: (reason: Error) => void }[] = []
  let ended: Error | null = null
  const end = (reason: Error) => {
    ended ??= reason
    for (const { reject } of waiting.splice(0)) reject(ended)
  }
  child.on('error', end)
  child.on('exit', (code) => end(new Error(`python3 ended with ${code}`)))
  child.stdin.on('error', end)
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line))
  const ask = async (kind: string, data: Uint8Array): Promise<unknown> => {
    if (ended !== null) throw ended
    const answer = new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }))
    child.stdin.write(concat([new TextEncoder().encode(kind), fieldBytes(data.length, 4), data]))
    return JSON.parse(await answer)
  }
  return {
    readArchive: async (data) => (await ask('z', data)) as PythonArchive,
    readToml: async (data) => (await ask('t', data)) as PythonToml,
    close: () => child.stdin.end(),
  }
}
