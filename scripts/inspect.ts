// Inspects bundles on the command line: npm run inspect -- FILE… [--against OLD] [--json]
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parseArgs, styleText } from 'node:util'
import { compareBundles, type Comparison } from '../src/bundle/compare/compare-bundles.ts'
import {
  describeComparison,
  describeSuggestion,
} from '../src/bundle/compare/describe-comparison.ts'
import { sizeText } from '../src/bundle/compare/size-text.ts'
import { type Snapshot, snapshotOf } from '../src/bundle/compare/snapshot.ts'
import { suggestVersion, type Suggestion } from '../src/bundle/compare/suggest-version.ts'
import { decodeUtf8 } from '../src/bundle/zip/entry-name.ts'
import type { Finding, Severity } from '../src/bundle/finding.ts'
import { inspectBundle, type Inspection } from '../src/bundle/inspect.ts'
import { openFile } from '../platform/files/open-file.ts'

const USAGE = `Usage: npm run inspect -- FILE… [--against OLD] [--json]

Checks bundles (.wave, .zip) as the platform does on import.
  --against OLD   also says what changed since the bundle OLD, and which version to give the new one
  --json          one object per file, an array when there are several
Exit code: 0, or 1 where any verdict is "error", 2 for wrong usage or an unreadable file.
`

const MAX_FRAME_BYTES = 256 * 1024
const MAX_FRAME_COLUMNS = 100

type Style = Parameters<typeof styleText>[0]

const COLORS: Record<Severity, Style> = { error: 'red', warning: 'yellow', advice: 'cyan' }

// styleText itself honours NO_COLOR, FORCE_COLOR and pipes.
function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

type Arguments = { files: string[]; against: string | undefined; json: boolean }

function readArguments(): Arguments | null {
  try {
    const { values, positionals } = parseArgs({
      options: {
        against: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    })
    if (values.help) {
      process.stdout.write(USAGE)
      process.exit(0)
    }
    if (positionals.length === 0) return null
    return { files: positionals, against: values.against, json: values.json }
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n\n`)
    return null
  }
}

async function printReadable(file: string, inspection: Inspection): Promise<void> {
  const { manifest, stats, findings, verdict } = inspection
  const title = manifest === null ? '' : `  ${manifest.title} ${manifest.version}`
  const lines = [`${paint('bold', file)}${title}`]
  lines.push(
    paint(
      'dim',
      `${stats.fileCount} files, ${sizeText(stats.size)} packed, ${sizeText(stats.unpackedSize)} unpacked`,
    ),
    '',
  )
  const texts = new Map<string, string[]>()
  for (const finding of findings) {
    const { path, line, column, severity } = finding
    const where =
      path === undefined ? '' : [path, line, column].filter((part) => part !== undefined).join(':')
    lines.push(
      `${paint(COLORS[severity], severity.padEnd(7))} ${where === '' ? '' : `${paint('bold', where)} `}${paint('dim', finding.code)}`,
    )
    lines.push(`  ${finding.message}`)
    lines.push(...(await codeFrame(inspection, finding, texts)))
    if (finding.fix !== undefined) lines.push(`  ${paint('green', 'fix:')} ${finding.fix}`)
    lines.push('')
  }
  const count = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity).length
  const words = {
    ok: ['green', 'ok'],
    warn: ['yellow', 'importable, with warnings'],
    error: ['red', 'refused'],
  } as const
  const [color, word] = words[verdict]
  lines.push(
    `${paint(color, word)}: ${count('error')} errors, ${count('warning')} warnings, ${count('advice')} pieces of advice`,
    '',
  )
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function codeFrame(
  inspection: Inspection,
  finding: Finding,
  texts: Map<string, string[]>,
): Promise<string[]> {
  const { path, line, column } = finding
  if (path === undefined || line === undefined) return []
  const lines = texts.get(path) ?? (await readLines(inspection, path))
  texts.set(path, lines)
  const text = lines[line - 1]
  if (text === undefined) return []
  const shown = printable(text)
  const frame = [`  ${paint('dim', `${String(line).padStart(4)} │`)} ${shown}`]
  if (column !== undefined && column <= shown.length) {
    frame.push(
      `  ${paint('dim', '     │')} ${' '.repeat(column - 1)}${paint(COLORS[finding.severity], '^')}`,
    )
  }
  return frame
}

async function readLines(inspection: Inspection, path: string): Promise<string[]> {
  const { archive } = inspection
  const entry = archive?.get(path)
  if (!archive || !entry || entry.isFolder || entry.size > MAX_FRAME_BYTES) return []
  try {
    const text = decodeUtf8(await archive.read(entry, MAX_FRAME_BYTES)) ?? ''
    return text.replace(/^\uFEFF/, '').split('\n')
  } catch {
    return []
  }
}

// A bundle's text must not steer the terminal.
function printable(text: string): string {
  return (
    text
      .slice(0, MAX_FRAME_COLUMNS)
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
  )
}

type Compared = { comparison: Comparison & { suggestion: Suggestion } }

/** Only archives of one size can be the same, so only those are read whole. */
async function compareWith(
  old: { file: string; snapshot: Snapshot },
  file: string,
  inspection: Inspection,
): Promise<Compared> {
  const { archive } = old.snapshot
  const mayBeSame = archive !== null && archive.size === inspection.stats.size
  const before = mayBeSame
    ? { ...old.snapshot, archive: { ...archive, sha256: await sha256Of(old.file) } }
    : old.snapshot
  const after = await snapshotOf(inspection, mayBeSame ? await sha256Of(file) : null)
  const comparison = compareBundles(before, after)
  return { comparison: { ...comparison, suggestion: suggestVersion(comparison, []) } }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function printComparison(against: string, { comparison }: Compared): void {
  const lines = [paint('bold', `Against ${against}`)]
  const sections = describeComparison(comparison)
  // Of a bundle that can't be read nobody knows what its version should be.
  if (comparison.after !== null) {
    sections.push(describeSuggestion(comparison, comparison.suggestion))
  }
  for (const { title, lines: rows } of sections) {
    lines.push(title, ...rows.map((row) => `  ${row}`))
  }
  process.stdout.write(`${lines.join('\n')}\n\n`)
}

function reportUnreadable(file: string, reason: unknown): void {
  process.stderr.write(
    `${file} can't be read: ${reason instanceof Error ? reason.message : String(reason)}\n`,
  )
}

async function readOld(file: string): Promise<{ file: string; snapshot: Snapshot }> {
  const opened = await openFile(file)
  try {
    return { file, snapshot: await snapshotOf(await inspectBundle(opened.blob)) }
  } finally {
    await opened.close()
  }
}

async function main(): Promise<number> {
  const options = readArguments()
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const { against } = options
  let old: Awaited<ReturnType<typeof readOld>> | null = null
  if (against !== undefined) {
    try {
      old = await readOld(against)
    } catch (reason) {
      reportUnreadable(against, reason)
      return 2
    }
  }
  const results: object[] = []
  let exitCode = 0
  for (const file of options.files) {
    try {
      const opened = await openFile(file)
      try {
        const inspection = await inspectBundle(opened.blob)
        const { verdict, findings, manifest, stats } = inspection
        if (verdict === 'error') exitCode = Math.max(exitCode, 1)
        const compared = old === null ? null : await compareWith(old, file, inspection)
        if (options.json) results.push({ file, verdict, findings, manifest, stats, ...compared })
        else {
          await printReadable(file, inspection)
          if (old !== null && compared !== null) printComparison(old.file, compared)
        }
      } finally {
        await opened.close()
      }
    } catch (reason) {
      reportUnreadable(file, reason)
      exitCode = 2
    }
  }
  if (options.json && results.length > 0) {
    const output = options.files.length > 1 ? results : results[0]
    process.stdout.write(`${JSON.stringify(output, null, 2)}\n`)
  }
  return exitCode
}

process.exitCode = await main()
