import type { App, AppFile } from '../src/api/generated/types.gen.ts'
import { crc32 } from '../src/bundle/zip/crc32.ts'

/** What is in the bundle of an app that was made up: text by path, as its fixture says. */
export function contentsOf(app: App): Record<string, string> {
  const files: Record<string, string> = { 'app.toml': manifestOf(app) }
  if (app.longDescription !== null) files['about.md'] = app.longDescription
  if (app.lifecycle === 'LINK') return files
  return {
    ...files,
    'requirements.txt': `pandas==2.2.${app.version.length}\nhttpx>=0.27\n`,
    'app/__init__.py': '',
    'app/server.py': [
      '"""Answers at the port that the platform gives."""',
      'import os',
      'from http.server import BaseHTTPRequestHandler, HTTPServer',
      '',
      `TITLE = ${JSON.stringify(app.title)}`,
      `VERSION = ${JSON.stringify(app.version)}`,
      '',
      '',
      'class Page(BaseHTTPRequestHandler):',
      '    def do_GET(self) -> None:',
      '        self.send_response(200)',
      '        self.end_headers()',
      '        self.wfile.write(f"{TITLE} {VERSION}".encode())',
      '',
      '',
      'if __name__ == "__main__":',
      '    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()',
      '',
    ].join('\n'),
    'data/stores.csv': `store,city,weeks\n${Array.from({ length: 40 }, (_, n) => `${n + 1},City ${n + 1},${52 + n}\n`).join('')}`,
  }
}

export function fileList(app: App): AppFile[] {
  return Object.entries(contentsOf(app)).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text)
    return {
      path,
      size: bytes.length,
      packedSize: Math.ceil(bytes.length / 2),
      crc32: crc32(bytes).toString(16).padStart(8, '0'),
    }
  })
}

function manifestOf({ name, version, title, description, lifecycle, link, runtime }: App): string {
  const lines = [
    '[App]',
    `Name = ${JSON.stringify(name)}`,
    `Version = ${JSON.stringify(version)}`,
    `Title = ${JSON.stringify(title)}`,
    `Description = ${JSON.stringify(description)}`,
    `InstanceLifecycle = ${JSON.stringify(lifecycle)}`,
  ]
  if (link !== null) lines.push('', '[Link]', `Address = ${JSON.stringify(link)}`)
  if (runtime !== null) {
    const { memoryLimit, volumeMount, volumeSize } = runtime
    lines.push('', '[Runtime]', 'Module = "app.server"', 'AppMode = "python"')
    if (memoryLimit !== null) lines.push(`MemoryLimit = ${JSON.stringify(memoryLimit)}`)
    if (volumeMount !== null) lines.push(`VolumeMount = ${JSON.stringify(volumeMount)}`)
    if (volumeSize !== null) lines.push(`VolumeSize = ${JSON.stringify(volumeSize)}`)
  }
  return `${lines.join('\n')}\n`
}
