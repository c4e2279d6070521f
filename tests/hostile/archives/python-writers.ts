import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fine, type HostileCase, ofBytes } from '../case.ts'

const script = path.join(import.meta.dirname, 'python_writers.py')

const ways = [
  'deflated',
  'stored',
  'folders',
  'names',
  'comment',
  'append',
  'end64',
  'pipe deflated',
  'pipe stored',
  'force64 deflated',
  'force64 stored',
  'force64 pipe deflated',
  'force64 pipe stored',
  'end64 force64 pipe names folders comment',
  'many stored',
]

/** What the real zipfile of the machine's Python writes. All of it has to be let in. */
export const pythonWriters: readonly HostileCase[] = ways.map((way) =>
  ofBytes(`Python, ${way}`, fine, () =>
    execFileSync('python3', [script, way], { maxBuffer: 64 * 1024 * 1024 }),
  ),
)
