import { existsSync, statSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createDeflateRaw, crc32, deflateSync } from 'node:zlib'
import { Random } from '../../durability/random.ts'
import { ZipFile } from './zip-file.ts'

export type BenchFile = { name: string; path: string; size: number; entryCount: number }

type Recipe = {
  name: string
  entryCount: number
  /** Bytes that all entries have together, roughly. */
  bytes: number
  zip64: boolean
}

// What authors publish, from a small app to models of gigabytes and whole data sets of small files.
const RECIPES: readonly Recipe[] = [
  { name: '200 KB', entryCount: 50, bytes: 180e3, zip64: false },
  { name: '50 MB', entryCount: 2000, bytes: 50e6, zip64: false },
  { name: '500 MB', entryCount: 520, bytes: 500e6, zip64: false },
  { name: '3 GB zip64', entryCount: 210, bytes: 3e9, zip64: true },
  { name: '100,000 entries', entryCount: 100_000, bytes: 1e6, zip64: false },
]

/** Writes the bundles that aren't in the folder yet; they come out the same every time. */
export async function makeBundles(folder: string): Promise<BenchFile[]> {
  await mkdir(folder, { recursive: true })
  const made: BenchFile[] = []
  for (const recipe of RECIPES) {
    const file = path.join(folder, `${recipe.entryCount}.wave`)
    if (!existsSync(file)) {
      await writeBundle(`${file}.part`, recipe)
      await rename(`${file}.part`, file)
    }
    const { name, entryCount } = recipe
    made.push({ name, path: file, size: statSync(file).size, entryCount })
  }
  return made
}

async function writeBundle(file: string, recipe: Recipe): Promise<void> {
  const random = new Random(recipe.entryCount)
  const noise = Buffer.from(random.bytes(1024 * 1024))
  const zip = await ZipFile.create(file, recipe.zip64)
  const small = recipe.bytes < 1e6
  const known: [name: string, data: Uint8Array, isStored?: boolean][] = [
    ['README.md', text(random, 3000)],
    ['app.py', text(random, 6000)],
    ['app.toml', Buffer.from(MANIFEST)],
    ['requirements.txt', Buffer.from(REQUIREMENTS)],
    ['wheels/forecast-1.2.0-py3-none-any.whl', noise.subarray(0, small ? 20e3 : 400e3), true],
    ['static/icon.png', png(400, noise.subarray(0, small ? 15e3 : 60e3)), true],
    ['static/screenshot-1.png', png(1280, noise.subarray(0, small ? 30e3 : 300e3)), true],
    ['static/screenshot-2.png', png(1280, noise.subarray(99, small ? 30e3 : 300e3)), true],
    ['static/screenshot-3.png', png(1280, noise.subarray(999, small ? 30e3 : 300e3)), true],
  ]
  const left = recipe.entryCount - known.length
  const knownBytes = known.reduce((sum, [, data]) => sum + data.length, 0)
  const each = Math.max(10, Math.floor((recipe.bytes - knownBytes) / left))
  for (const [name, data, isStored] of known) await zip.add(name, data, isStored)
  for (let n = 0; n < left; n++) {
    const folder = `${WORDS[Math.floor(n / 4000) % WORDS.length]}/${WORDS[Math.floor(n / 100) % WORDS.length]}_${Math.floor(n / 100)}`
    if (each > 100_000)
      await zip.add(`data/${folder}/part-${n}.parquet`, large(noise, each, n), true)
    else
      await zip.add(
        `${folder}/${WORDS[n % 7]}_${n}.py`,
        each < 100 ? noise.subarray(n % 9999, (n % 9999) + each) : filler(noise, random, each, n),
        each < 100,
      )
  }
  await zip.finish()
}

// Half source, half what doesn't compress.
function filler(noise: Buffer, random: Random, bytes: number, n: number): Uint8Array {
  if (n % 2 === 0) return text(random, bytes)
  const start = (n * 977) % (noise.length - bytes)
  return noise.subarray(start, start + bytes)
}

function large(noise: Buffer, bytes: number, n: number): Uint8Array {
  const data = Buffer.allocUnsafe(bytes)
  for (let at = 0; at < bytes; at += noise.length)
    noise.copy(data, at, 0, Math.min(noise.length, bytes - at))
  data.writeUInt32LE(n, 0)
  return data
}

const WORDS =
  'alpha model data frame series token market report view store batch plot score index queue'.split(
    ' ',
  )

function text(random: Random, bytes: number): Buffer {
  const lines: string[] = []
  let size = 0
  while (size < bytes) {
    const line = `    ${random.pick(WORDS)} = ${random.pick(WORDS)}.${random.pick(WORDS)}(${random.between(0, 9999)})`
    lines.push(line)
    size += line.length + 1
  }
  return Buffer.from(lines.join('\n').slice(0, bytes))
}

// A header that inspectors read, and pixels that nobody decodes.
function png(side: number, pixels: Uint8Array): Buffer {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A small bundle whose README is 1 GiB of zeros. `lying` understates its size as 1,000 bytes. */
export async function makeBomb(folder: string, lying: boolean): Promise<BenchFile> {
  const file = path.join(folder, lying ? 'lying-bomb.wave' : 'bomb.wave')
  if (!existsSync(file)) {
    const { packed, crc } = await packZeros(1024 ** 3)
    await writeFile(file, bombArchive(packed, crc, lying ? 1000 : 1024 ** 3, lying))
  }
  return {
    name: lying ? 'bomb, size understated' : 'bomb, size admitted',
    path: file,
    size: statSync(file).size,
    entryCount: 2,
  }
}

async function packZeros(bytes: number): Promise<{ packed: Buffer; crc: number }> {
  const block = Buffer.alloc(4 * 1024 * 1024)
  const deflate = createDeflateRaw({ level: 9 })
  const parts: Buffer[] = []
  const done = new Promise<void>((resolve, reject) => {
    deflate.on('data', (part: Buffer) => parts.push(part))
    deflate.on('end', resolve)
    deflate.on('error', reject)
  })
  let crc = 0
  for (let at = 0; at < bytes; at += block.length) {
    crc = crc32(block, crc)
    if (!deflate.write(block)) await new Promise((resolve) => deflate.once('drain', resolve))
  }
  deflate.end()
  await done
  return { packed: Buffer.concat(parts), crc }
}

// The bomb is the manifest itself where it lies, as nobody opens a bundle without reading that.
function bombArchive(packed: Buffer, crc: number, size: number, isManifest: boolean): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  const add = (name: string, data: Buffer, method: number, sum: number, unpacked: number) => {
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(20, 4)
    header.writeUInt16LE(method, 8)
    header.writeUInt32LE(sum, 14)
    header.writeUInt32LE(data.length, 18)
    header.writeUInt32LE(unpacked, 22)
    header.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    header.copy(entry, 6, 4, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(header, Buffer.from(name), data)
    directory.push(entry, Buffer.from(name))
    offset += header.length + name.length + data.length
  }
  const manifest = Buffer.from(MANIFEST)
  if (isManifest) add('app.toml', packed, 8, crc, size)
  else {
    add('app.toml', manifest, 0, crc32(manifest), manifest.length)
    add('data.bin', packed, 8, crc, size)
  }
  const records = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(isManifest ? 1 : 2, 8)
  end.writeUInt16LE(isManifest ? 1 : 2, 10)
  end.writeUInt32LE(records.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, records, end])
}

const MANIFEST = `# The app that the benchmark packs
[App]
Name = "sales-forecast"
Version = "1.4.2"
Title = "Sales forecast"
Description = "Forecasts the sales of the next quarter from your own figures."
LongDescription = "README.md"
Tags = ["FORECASTING", "SALES"]
InstanceLifecycle = "ON_DEMAND"
InstanceTimeout = "30m"

[Runtime]
Module = "app"
VolumeMount = "/forecast"
VolumeSize = "1Gi"
MemoryLimit = "2Gi"
MemoryReservation = "512Mi"

[[Env]]
Name = "FORECAST_DAYS"
Value = "90"

[[Env]]
Name = "FORECAST_TOKEN"
Secret = "forecast"
SecretKey = "token"
`

const REQUIREMENTS = `# What the app needs
./wheels/forecast-1.2.0-py3-none-any.whl
h2o-wave==1.1.2
numpy==1.26.4
pandas==2.2.2 ; python_version >= "3.9"
scikit-learn==1.5.0
plotly>=5.20,<6
requests==2.32.3
`
