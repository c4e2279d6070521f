import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readManifest, type ManifestReading } from './read-manifest.ts'

function read(text: string): Promise<ManifestReading> {
  return readManifest(new TextEncoder().encode(text))
}

async function found(line: string, wanted: string) {
  const { findings } = await read(`[App]\n${line}\n`)
  return findings.flatMap(({ severity, code, line, column }) =>
    code === wanted ? [`${severity} ${line}:${column}`] : [],
  )
}

describe('dates', () => {
  test.each([
    ['Founded = 2023-02-30', 'error 2:11'],
    ['Founded = 1900-02-29', 'error 2:11'],
    ['Founded = [2023-01-01, 2023-04-31T00:00:00Z]', 'error 2:24'],
    ['Founded = { day = 2023-06-31 07:32:00 }', 'error 2:19'],
  ])('%s is refused at its place', async (line, place) => {
    expect(await found(line, 'manifest.syntax')).toEqual([place])
    expect((await read(`[App]\n${line}\n`)).manifest).toBeNull()
  })

  test.each(['2024-02-29', '2000-02-29', '2023-12-31', '"2023-02-30"', "'2023-02-30'"])(
    '%s is fine',
    async (value) => {
      expect(await found(`Founded = ${value} # 2023-02-30`, 'manifest.syntax')).toEqual([])
    },
  )

  test('are those that the calendar has', async () => {
    const day = fc.tuple(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 28, max: 31 }),
    )
    await fc.assert(
      fc.asyncProperty(day, async ([year, month, dayOfMonth]) => {
        const date = new Date(0)
        date.setUTCFullYear(year, month - 1, dayOfMonth)
        const two = (number: number) => String(number).padStart(2, '0')
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`
        const errors = await found(`Founded = ${text}`, 'manifest.syntax')
        expect(errors).toHaveLength(date.getUTCDate() === dayOfMonth ? 0 : 1)
      }),
    )
  })
})

describe('what is new in TOML 1.1', () => {
  test.each([
    ['X = "a\\e"', 'warning 2:7'],
    ['X = "\\\\\\e"', 'warning 2:8'],
    ['X = "\\x41"', 'warning 2:6'],
    ['"\\x41b" = 1', 'warning 2:2'],
    ['X = """\na\\e"""', 'warning 3:2'],
    ['X = 07:32', 'warning 2:5'],
    ['X = 1979-05-27T07:32', 'warning 2:5'],
    ['X = [1979-05-27 07:32Z]', 'warning 2:6'],
    ['X = { a = 1,\n\n b = 2 }', 'warning 2:13'],
    ['X = { # why\n a = 1 }', 'warning 2:12'],
    ['X = { a = 1 , }', 'warning 2:13'],
    ['X = [{ a = { b = 1, } }]', 'warning 2:19'],
  ])('%j is warned about at its place', async (line, place) => {
    expect(await found(line, 'manifest.toml-1-1')).toEqual([place])
  })

  test.each([
    'X = "\\\\e \\\\x41"',
    "X = '\\e \\x41'",
    "X = '''\\e'''",
    'X = "\\u0041 \\b\\t\\n\\f\\r\\" 07:32 {a,}"',
    'X = """a \\  \n  b"""',
    'X = 07:32:00',
    'X = 1979-05-27T07:32:00+01:00',
    'X = 1979-05-27',
    'X = [\n1, # one\n2,\n]',
    'X = { a = [\n1,\n], b = """\n""", c = {} }',
    'X = {}',
    'X = { } # { a, }',
  ])('%j is not', async (line) => {
    expect(await found(line, 'manifest.toml-1-1')).toEqual([])
    expect(await found(line, 'manifest.syntax')).toEqual([])
  })
})
