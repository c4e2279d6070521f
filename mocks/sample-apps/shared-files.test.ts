import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const SHARED = ['web.py', 'query.py', 'layout.py', 'style.css', 'live.js', 'parts.py']

/** Apps whose page is live in a way of its own. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'live.js': ['csv-profiler-4.1.0', 'line-monitor-1.0.0'],
}

const files = (await readdir(import.meta.dirname, { recursive: true })).map((path) =>
  path.split(/[\\/]/),
)

describe.each(SHARED)('%s', (name) => {
  const copies = files.filter(
    ([bundle, , file, ...deeper]) =>
      file === name && deeper.length === 0 && !OWN[name]?.includes(String(bundle)),
  )

  test('is shared by several apps', () => {
    expect(copies.length).toBeGreaterThan(1)
  })

  test('is the same in every app: change all of them together', async () => {
    const texts = await Promise.all(
      copies.map((path) => readFile(join(import.meta.dirname, ...path), 'utf8')),
    )
    const others = copies.filter((_, index) => texts[index] !== texts[0])
    expect(others.map((path) => path.join('/'))).toEqual([])
  })
})
