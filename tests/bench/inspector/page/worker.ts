import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import JSZip from 'jszip'
import { inspectBundle } from '../../../../src/bundle/inspect.ts'
import { MAX_MANIFEST_BYTES } from '../../../../src/bundle/limits.ts'
import { MANIFEST_PATH } from '../../../../src/bundle/manifest/manifest.ts'
import { readManifest } from '../../../../src/bundle/manifest/read-manifest.ts'
import { packBundle } from '../../../../src/bundle/pack/pack.ts'
import { warmUp } from '../../../../src/bundle/warm-up.ts'
import { openArchive } from '../../../../src/bundle/zip/open-archive.ts'
import { readManifestOnly } from './floor.ts'

export type Reader =
  | 'floor'
  | 'manifest'
  | 'wavedeck'
  | 'jszip'
  | 'zip.js'
  | 'verify'
  | 'pack'
  | 'pack-jszip'
export type Answer = { outcome: string; milliseconds: number }

const READERS: Record<Reader, (file: File) => Promise<string>> = {
  floor: async (file) => `${(await readManifestOnly(file)).length} characters`,
  manifest: async (file) => {
    const { archive } = await openArchive(file, { thorough: false, first: MANIFEST_PATH })
    const entry = archive?.get(MANIFEST_PATH)
    if (archive === null || entry === undefined) return 'no manifest'
    const { manifest } = await readManifest(await archive.read(entry, MAX_MANIFEST_BYTES))
    return manifest === null ? 'unusable' : `${manifest.name} ${manifest.version}`
  },
  wavedeck: async (file) => {
    const { verdict, findings, stats } = await inspectBundle(file, { thorough: false })
    return `${verdict}, ${stats.entryCount} entries, ${findings.map(({ code }) => code).join(' ')}`
  },
  jszip: async (file) => {
    const zip = await JSZip.loadAsync(file)
    return `${(await zip.file('app.toml')?.async('string'))?.length} characters`
  },
  'zip.js': async (file) => {
    const reader = new ZipReader(new BlobReader(file), { useWebWorkers: false })
    const entries = await reader.getEntries()
    const entry = entries.find(({ filename }) => filename === 'app.toml')
    if (entry === undefined || entry.directory) throw new Error('There is no app.toml')
    const text = await entry.getData(new TextWriter())
    await reader.close()
    return `${text.length} characters`
  },
  verify: async (file) => {
    const { archive, findings } = await openArchive(file, { thorough: false })
    if (archive === null) throw new Error(findings[0]?.message)
    return `${(await archive.verify()).length} findings`
  },
  // A Blob, as the Import page makes it to be sent.
  pack: async () => `${new Blob((await packBundle(folder())).pieces).size} bytes`,
  'pack-jszip': async () => {
    const zip = new JSZip()
    for (const { path, read } of folder()) zip.file(path, await read())
    const bytes = await zip.generateAsync({
      type: 'blob',
      compression: 'DEFLATE',
      compressionOptions: { level: 6 },
    })
    return `${bytes.size} bytes`
  },
}

let files: { path: string; read: () => Promise<Uint8Array<ArrayBuffer>> }[] | null = null

/** 2,000 files of together 65 MB: source text and noise in turn. */
function folder() {
  files ??= Array.from({ length: 2000 }, (_, n) => {
    const bytes = new Uint8Array(32_500)
    let state = n + 1
    for (let at = 0; at < bytes.length; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      // Sixteen letters pack like source; all bytes don't pack at all.
      bytes[at] = n % 2 === 0 ? 97 + ((state >>> 16) & 15) : state >>> 16
    }
    return { path: `src/part_${n % 40}/file_${n}.py`, read: async () => bytes }
  })
  return files
}

/** Without a file it only gets ready, as the worker of the Import page does. */
addEventListener('message', ({ data }: MessageEvent<{ reader: Reader; file: File | null }>) => {
  const { reader, file } = data
  const answered =
    file === null
      ? warmUp().then((): Answer => ({ outcome: 'ready', milliseconds: 0 }))
      : answer(reader, file)
  void answered.then((result) => postMessage(result))
})

async function answer(reader: Reader, file: File): Promise<Answer> {
  const start = performance.now()
  let outcome: string
  try {
    outcome = await READERS[reader](file)
  } catch (reason) {
    outcome = `fails: ${reason instanceof Error ? reason.message : String(reason)}`
  }
  return { outcome, milliseconds: performance.now() - start }
}
