import JSZip from 'jszip'

/** The smallest wheel that pip installs: one module, its metadata and a record (PEP 427). */
export async function wheel(
  name: string,
  version: string,
  source: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const info = `${name}-${version}.dist-info`
  const files = {
    [`${name}.py`]: source,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]:
      'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  }
  const zip = new JSZip()
  for (const [path, text] of Object.entries(files)) zip.file(path, text)
  const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,\n`).join('')
  zip.file(`${info}/RECORD`, record)
  return new Uint8Array(await zip.generateAsync({ type: 'uint8array' }))
}
