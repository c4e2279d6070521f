import { constants, deflateRawSync } from 'node:zlib'
import { concat, utf8, writeZip, type EntryPlan } from '../../../src/bundle/testing/zip-writer.ts'
import { fine, type HostileCase, ofPlan, refused, thorough, withEntries } from '../case.ts'
import { app, bundle, noise, other, toml } from '../samples.ts'

const bomb = refused('archive.bomb')
const MiB = 1024 ** 2

/** Deflate data of so many MiB of zeros, without ever having them: one flushed piece, repeated. */
function zeros(mebibytes: number): Uint8Array {
  const piece = deflateRawSync(new Uint8Array(MiB), { finishFlush: constants.Z_FULL_FLUSH })
  return concat([
    ...Array.from({ length: mebibytes }, () => piece),
    deflateRawSync(new Uint8Array()),
  ])
}

const claimed = (size: number, rawData: Uint8Array): EntryPlan => {
  const lies = { size, crc: 0 }
  return { name: 'zeros', rawData, ...lies, local: lies }
}

/** Archives that unpack to far more than they look like, and large ones that don't. */
export const bombs: readonly HostileCase[] = [
  ofPlan('a gigabyte of zeros', bomb, () => ({
    entries: [toml, app, claimed(1024 * MiB, zeros(1024))],
  })),
  ofPlan('34 MiB of zeros', bomb, () => ({ entries: [toml, app, claimed(34 * MiB, zeros(34))] })),
  ofPlan('many small files of zeros', bomb, () => ({
    entries: [
      toml,
      app,
      ...Array.from({ length: 40 }, (_, index) => ({
        ...claimed(MiB, zeros(1)),
        name: `zeros-${index}`,
      })),
    ],
  })),
  ofPlan('70 GiB that share one gigabyte', refused('archive.bomb', 'archive.overlap'), () => {
    const shared = claimed(1024 * MiB, zeros(1024))
    const again = (index: number) => ({ ...shared, name: `zeros-${index}`, ghost: true, offset: 0 })
    return {
      entries: [shared, ...Array.from({ length: 70 }, (_, index) => again(index)), toml, app],
    }
  }),
  ofPlan('30 MiB of zeros, which do no harm', fine, () => ({
    entries: [toml, app, { name: 'zeros', data: new Uint8Array(30 * MiB) }],
  })),
  ofPlan(
    'a requirements.txt of a gigabyte that says 100 bytes',
    refused('archive.size-mismatch'),
    () => ({
      entries: [toml, app, { ...claimed(100, zeros(1024)), name: 'requirements.txt' }],
    }),
  ),
  ofPlan('an app.toml of a gigabyte that says 100 bytes', refused('archive.size-mismatch'), () => ({
    entries: [{ ...claimed(100, zeros(1024)), name: 'app.toml' }, app],
  })),
  ofPlan('an app.toml of a megabyte', refused('manifest.too-large'), () => ({
    entries: [{ ...toml, data: new Uint8Array(MiB) }, app],
  })),
  thorough(
    ofPlan('a picture of a gigabyte that says 100 bytes', refused('archive.size-mismatch'), () => ({
      entries: [toml, app, { ...claimed(100, zeros(1024)), name: 'static/icon.png' }],
    })),
  ),
  withEntries('a size beyond what deflate reaches', refused('archive.size-mismatch'), {
    ...other,
    size: 2 ** 31,
    local: { size: 2 ** 31 },
  }),
  ofPlan('an archive in an archive in an archive', fine, async () => {
    let inner = await bundle()
    for (let depth = 0; depth < 20; depth++) {
      inner = await writeZip({ entries: [{ name: `${depth}.zip`, data: inner, method: 0 }] })
    }
    return { entries: [toml, app, { name: 'inner.zip', data: inner, method: 0 }] }
  }),
  ofPlan('a bomb in a stored archive', fine, async () => ({
    entries: [
      toml,
      app,
      {
        name: 'x.whl',
        data: await writeZip({ entries: [claimed(64 * MiB, zeros(64))] }),
        method: 0,
      },
    ],
  })),
  ofPlan('3 MiB that don’t pack', fine, () => ({
    entries: [toml, app, { name: 'data.bin', data: noise(3 * MiB) }],
  })),
  ofPlan('33 MiB of a table that packs well', fine, () => {
    const numbers = noise(3 * 330)
    const row = (index: number) =>
      concat([utf8('2024-01-02;measured;'.repeat(10)), numbers.subarray(index, index + 3)])
    const rows = concat(Array.from({ length: 330 }, (_, index) => row(3 * index)))
    const table = concat(Array.from({ length: 33 * 16 }, () => rows))
    return { entries: [toml, app, { name: 'data.csv', data: table }] }
  }),
]
