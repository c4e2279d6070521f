import { bytes, concat } from '../../src/bundle/testing/zip-writer.ts'
import { bundle } from './samples.ts'

export type ManyEntries = {
  count: number
  /** ASCII. */
  nameOf: (index: number) => string
  /** Another name for all local headers. */
  localName?: string
  /** Put into the directory alone, all of them with the place of the first file. */
  ghosts?: boolean
  /** `zip64` by default; `python` keeps sizes that fit in 32 bits; `16 bits` wraps the count. */
  end?: 'zip64' | 'python' | '16 bits'
  /** How many the end records announce instead. */
  announced?: number
}

/** Writes a small complete bundle with many empty files: planning them one by one takes seconds. */
export async function manyEntries(plan: ManyEntries): Promise<Uint8Array<ArrayBuffer>> {
  const base = await bundle()
  const view = new DataView(base.buffer)
  const directorySize = view.getUint32(base.length - 10, true)
  const directoryOffset = view.getUint32(base.length - 6, true)
  const files: Uint8Array[] = [base.subarray(0, directoryOffset)]
  const directory: Uint8Array[] = [base.subarray(directoryOffset, directoryOffset + directorySize)]
  let offset = directoryOffset
  for (let index = 0; index < plan.count; index++) {
    const name = plan.nameOf(index)
    directory.push(centralHeader(name, plan.ghosts ? 0 : offset))
    if (plan.ghosts) continue
    const file = localHeader(plan.localName ?? name)
    files.push(file)
    offset += file.length
  }
  const central = concat(directory)
  const end = endRecords(plan, plan.announced ?? plan.count + 2, central.length, offset)
  return concat([...files, central, end])
}

function localHeader(name: string): Uint8Array {
  const header = Buffer.alloc(30 + name.length)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(10, 4)
  header.writeUInt16LE(0x21, 12)
  header.writeUInt16LE(name.length, 26)
  header.write(name, 30, 'latin1')
  return header
}

function centralHeader(name: string, offset: number): Uint8Array {
  const header = Buffer.alloc(46 + name.length)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(0x0314, 4)
  header.writeUInt16LE(10, 6)
  header.writeUInt16LE(0x21, 14)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(offset, 42)
  header.write(name, 46, 'latin1')
  return header
}

function endRecords(plan: ManyEntries, count: number, size: number, offset: number): Uint8Array {
  const { end = 'zip64' } = plan
  const last = (shown: number, shownSize: number, shownOffset: number) =>
    bytes([0x06054b50, 4], [0, 4], [shown, 2], [shown, 2], [shownSize, 4], [shownOffset, 4], [0, 2])
  if (end === '16 bits') return last(count & 0xffff, size, offset)
  return bytes(
    [0x06064b50, 4],
    [44, 8],
    [45, 2],
    [45, 2],
    [0, 8],
    [count, 8],
    [count, 8],
    [size, 8],
    [offset, 8],
    [0x07064b50, 4],
    [0, 4],
    [offset + size, 8],
    [1, 4],
    end === 'python' ? last(0xffff, size, offset) : last(0xffff, 0xffffffff, 0xffffffff),
  )
}
