import { packBundle } from '../../src/bundle/pack/pack.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

/** Packs files given as text or bytes. */
export async function bundleOf(files: Files): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes } = await packBundle(
    Object.entries(files).map(([path, content]) => ({
      path,
      read: async () => (typeof content === 'string' ? new TextEncoder().encode(content) : content),
    })),
  )
  return new Uint8Array(bytes)
}

type AppOptions = {
  name?: string
  version?: string
  title?: string
  app?: string
  runtime?: string
  rest?: string
  files?: Files
}

const server = `
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path.startswith("/environment"):
            body = "\\n".join(sorted(f"{k}={v}" for k, v in os.environ.items()))
        else:
            body = f"path={self.path}\\n" + "".join(f"{k.lower()}: {v}\\n" for k, v in self.headers.items())
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Set-Cookie", "own=1; Path=/")
        self.send_header("Set-Cookie", "wavedeck_session=stolen; Path=/")
        self.end_headers()
        self.wfile.write(data)
    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
    def log_message(self, format, *args):
        print("request", self.path, flush=True)

port = int(os.environ["PORT"])
print("listening on", port, flush=True)
ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
`

/** A small real app: a web server of Python's standard library that tells what it was asked. */
export function appBundle(options: AppOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const {
    name = 'echo',
    version = '1.0.0',
    title = 'Echo',
    app = '',
    runtime = '',
    rest = '',
    files,
  } = options
  return bundleOf({
    'app.toml': `[App]\nName = "${name}"\nVersion = "${version}"\nTitle = "${title}"\n${app}\n[Runtime]\nModule = "server"\nAppMode = "python"\n${runtime}\n${rest}\n`,
    'server.py': server,
    ...files,
  })
}
