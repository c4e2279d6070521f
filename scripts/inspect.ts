// Inspects bundles on the command line: npm run inspect -- FILE… [--against OLD] [--all] [--json]
import { parseArgs } from 'node:util'
import { snapshotOf } from '../src/bundle/compare/snapshot.ts'
import type { Verdict } from '../src/bundle/finding.ts'
import { inspectBundle, type Inspection } from '../src/bundle/inspect.ts'
import { type Compared, comparisonLines, compareWith, type OldBundle } from './inspect/against.ts'
import { openBundle, unreadable } from './inspect/open-bundle.ts'
import { ProgressLine } from './inspect/progress.ts'
import { reportLines, totalLine } from './inspect/report.ts'
import { printable } from './inspect/terminal.ts'

const USAGE = `Usage: npm run inspect -- FILE… [--against OLD] [--all] [--json]

Checks bundles (.wave, .zip) as the platform does on import. docs/findings.md explains every finding.
  --against OLD   also says what changed since the bundle OLD, and which version to give the new one
  --all           shows all pieces of advice, not only the first ten
  --json          one object per file, an array when there are several
Exit code: 0, or 1 where any verdict is "error", 2 for wrong usage or an unreadable file.
`

type Arguments = { files: string[]; against: string | undefined; all: boolean; json: boolean }

function readArguments(): Arguments | null {
  try {
    const { values, positionals } = parseArgs({
      options: {
        against: { type: 'string' },
        all: { type: 'boolean', default: false },
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
    return { files: positionals, against: values.against, all: values.all, json: values.json }
  } catch (reason) {
    complain(`${reason instanceof Error ? reason.message : String(reason)}\n`)
    return null
  }
}

function complain(text: string): void {
  process.stderr.write(
    `${text
      .split('\n')
      .map((line) => printable(line))
      .join('\n')}\n`,
  )
}

let progress: ProgressLine | null = null

/** Opens and inspects a file, and hands it to `look` while it is open. Rejects with an UnreadableFile. */
async function withInspection<Result>(
  file: string,
  look: (inspection: Inspection) => Promise<Result>,
): Promise<Result> {
  const opened = await openBundle(file)
  progress = new ProgressLine(file)
  try {
    const inspection = await inspectBundle(opened.blob, { onProgress: progress.update })
    progress.clear()
    return await look(inspection)
  } catch (reason) {
    throw unreadable(file, reason)
  } finally {
    progress.clear()
    await opened.close()
  }
}

function readOld(file: string): Promise<OldBundle> {
  return withInspection(file, async (inspection) => ({
    file,
    snapshot: await snapshotOf(inspection),
  }))
}

/** An object for JSON; without it the report is on standard output already. */
async function inspectFile(
  file: string,
  old: OldBundle | null,
  { all, json }: Arguments,
): Promise<{ verdict: Verdict } & Partial<Compared>> {
  return withInspection(file, async (inspection) => {
    const { verdict, findings, manifest, stats } = inspection
    const compared = old === null ? null : await compareWith(old, file, inspection)
    if (!json) {
      const lines = await reportLines(file, inspection, { all })
      if (old !== null && compared !== null) lines.push(...comparisonLines(old.file, compared))
      process.stdout.write(`${lines.join('\n')}\n`)
    }
    return { file, verdict, findings, manifest, stats, ...compared }
  })
}

async function main(): Promise<number> {
  const options = readArguments()
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const { files, against, json } = options
  let old: OldBundle | null = null
  const results: Awaited<ReturnType<typeof inspectFile>>[] = []
  let unreadableCount = 0
  const attempt = async (step: () => Promise<void>): Promise<void> => {
    try {
      await step()
    } catch (reason) {
      complain(reason instanceof Error ? reason.message : String(reason))
      unreadableCount++
    }
  }
  if (against !== undefined) {
    await attempt(async () => {
      old = await readOld(against)
    })
    if (unreadableCount > 0) return 2
  }
  for (const file of files) {
    await attempt(async () => {
      results.push(await inspectFile(file, old, options))
    })
  }
  const isList = files.length > 1
  if (json && (isList || results.length > 0)) {
    process.stdout.write(`${JSON.stringify(isList ? results : results[0], null, 2)}\n`)
  }
  const verdicts = results.map(({ verdict }) => verdict)
  if (!json && isList) process.stdout.write(`${totalLine(verdicts, unreadableCount)}\n`)
  if (unreadableCount > 0) return 2
  return verdicts.includes('error') ? 1 : 0
}

process.on('SIGINT', () => {
  progress?.clear()
  process.exit(130)
})
// Whoever reads the output, such as "head", may have seen enough.
process.stdout.on('error', (reason: NodeJS.ErrnoException) => {
  if (reason.code !== 'EPIPE') throw reason
  process.exit(0)
})

process.exitCode = await main()
