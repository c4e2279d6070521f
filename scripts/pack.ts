// Packs a folder into a bundle: npm run pack -- FOLDER [-o FILE] [--dev]
import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { inspectBundle } from '../src/bundle/inspect.ts'
import type { LeaveReason, LeftOut } from '../src/bundle/pack/choose-files.ts'
import { withDevelopmentVersion } from '../src/bundle/pack/development-version.ts'
import { packBundle, type PackedBundle, type PackFile } from '../src/bundle/pack/pack.ts'
import type { Finding } from '../src/bundle/finding.ts'
import { readFolder } from '../platform/files/read-folder.ts'

const USAGE = `Usage: npm run pack -- FOLDER [-o FILE] [--dev] [--force]

Packs a folder into a bundle, honouring its .appignore.
  -o, --output FILE   where to write it; by default <Name>.<Version>.wave, here
  --dev               give the version the current time as a suffix, for a try while developing
  --force             overwrite FILE even where it is no bundle
Errors that would keep the bundle from being imported are listed, but it is written all the same.
Exit code: 0, or 2 for wrong usage, an unreadable folder or a file that can't be written.
`

type Options = { folder: string; output: string | undefined; dev: boolean; force: boolean }

function readArguments(): Options | null {
  try {
    const { values, positionals } = parseArgs({
      options: {
        output: { type: 'string', short: 'o' },
        dev: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    })
    if (values.help) {
      process.stdout.write(USAGE)
      process.exit(0)
    }
    const [folder] = positionals
    const { output, dev, force } = values
    return folder === undefined || positionals.length > 1 ? null : { folder, output, dev, force }
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n\n`)
    return null
  }
}

type Style = Parameters<typeof styleText>[0]

// styleText itself honours NO_COLOR, FORCE_COLOR and pipes.
function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

// The names of files must not steer the terminal.
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
}

async function collect({ folder, output, dev }: Options): Promise<PackFile[]> {
  const base = path.resolve(folder)
  if (!(await stat(base)).isDirectory()) throw new Error('it is no folder')
  const files = await readFolder(base)
  // Whatever its name is, the bundle must not become part of itself.
  const own = output === undefined ? null : path.resolve(output)
  const others = files.filter((file) => path.join(base, file.path) !== own)
  return dev ? withDevelopmentVersion(others, new Date()) : others
}

async function pack(files: readonly PackFile[]): Promise<PackedBundle> {
  const shows = process.stderr.isTTY
  const bundle = await packBundle(files, {
    onProgress: ({ done, total }) => {
      if (shows && done % 100 === 0) process.stderr.write(`\rPacking ${done} of ${total} files`)
    },
  })
  // Back to the line's start, and clear it.
  if (shows) process.stderr.write('\r\u001b[K')
  return bundle
}

/** A file may be replaced where it is a zip archive, is empty, or the author insists. */
async function checkTarget(file: string, force: boolean): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found === null) return
  if (!found.isFile()) throw new Error(`"${file}" is no file that could be written`)
  if (force || (await isArchive(file))) return
  throw new Error(`"${file}" is there already and is no bundle. Add --force to overwrite it`)
}

async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 0 || /^504b(0304|0506)$/.test(buffer.toString('hex'))
  } finally {
    await handle.close()
  }
}

// Beside the old file first: a full disk must not cost the bundle that was there.
async function write(file: string, pieces: readonly Uint8Array[]): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`
  try {
    const handle = await open(beside, 'wx')
    try {
      // In portions: what one call takes is limited, and tiny writes are slow.
      for (let at = 0; at < pieces.length; at += 512)
        await handle.writev(pieces.slice(at, at + 512))
    } finally {
      await handle.close()
    }
    await rename(beside, file)
  } catch (reason) {
    await rm(beside, { force: true })
    throw reason
  }
}

const REASONS: Record<LeaveReason, string> = {
  always: 'never belongs into a bundle',
  secret: 'mostly holds secrets; "!" in .appignore packs it all the same',
  '.appignore': '.appignore',
  link: 'a link that isn’t followed',
  outside: 'beside the folder of the app.toml',
}

const MAX_LINES = 20

function leftLines(left: readonly LeftOut[]): string[] {
  if (left.length === 0) return []
  const groups = new Map<string, { shown: string; fileCount: number; reason: LeaveReason }>()
  for (const { path: name, fileCount, reason, pattern } of left) {
    // Many files by one pattern are one line.
    const key = name.endsWith('/') || pattern === null ? name : `${reason} ${pattern}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { shown: name, fileCount, reason })
    else {
      group.fileCount += fileCount
      group.shown = pattern ?? name
    }
  }
  const lines = [...groups.values()].map(({ shown, fileCount, reason }) => {
    const count = fileCount === 1 ? '1 file' : `${fileCount} files`
    return `  ${printable(shown).padEnd(24)} ${count.padEnd(12)} ${paint('dim', REASONS[reason])}`
  })
  const more = lines.length - MAX_LINES
  return [
    '',
    'Left out:',
    ...lines.slice(0, MAX_LINES),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

function findingLines(findings: readonly Finding[]): string[] {
  const serious = findings.filter(({ severity }) => severity !== 'advice')
  if (serious.length === 0) return []
  const lines = serious.slice(0, MAX_LINES).map(({ severity, path: file, line, message }) => {
    const where = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `
    const color = severity === 'error' ? 'red' : 'yellow'
    return `  ${paint(color, severity.padEnd(7))} ${printable(where + message)}`
  })
  const more = serious.length - MAX_LINES
  const hasErrors = serious.some(({ severity }) => severity === 'error')
  return [
    '',
    hasErrors ? 'It would be refused:' : 'It can be imported, but:',
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

function formatSize(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

// As it can be typed again.
function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`
}

async function run(options: Options): Promise<void> {
  if (options.output !== undefined) await checkTarget(options.output, options.force)
  const bundle = await pack(await collect(options))
  const { manifest, findings, verdict } = await inspectBundle(new Blob(bundle.pieces))
  const usable = manifest !== null && verdict !== 'error'
  const name = usable
    ? `${manifest.name}.${manifest.version}`
    : path.basename(path.resolve(options.folder, bundle.root))
  const output = options.output ?? `${name}.wave`
  await checkTarget(output, options.force)
  await write(output, bundle.pieces)
  const title = manifest === null ? '' : ` ${manifest.name} ${manifest.version}`
  const sizes = `${bundle.fileCount} files, ${formatSize(bundle.unpackedSize)}, packed ${formatSize(bundle.size)}`
  const root = bundle.root === '' ? [] : [`The app.toml is in ${bundle.root}/, so that was packed.`]
  const lines = [
    `Packed${printable(title)} into ${paint('bold', printable(output))}`,
    paint('dim', sizes),
    ...root.map(printable),
    ...leftLines(bundle.left),
    ...findingLines(findings),
    '',
    `Next: npm run inspect -- ${printable(quoted(output))}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function main(): Promise<number> {
  const options = readArguments()
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  try {
    await run(options)
    return 0
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason)
    process.stderr.write(`${printable(options.folder)} can't be packed: ${printable(why)}\n`)
    return 2
  }
}

process.exitCode = await main()
