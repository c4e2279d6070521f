import { bundleOf } from '../../support/bundles.ts'

/** Prints so many lines as fast as it may, as a busy service would: levels, times, JSON, colours, tracebacks. */
const server = `
import json, os, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def lines(first, count):
    for n in range(first, first + count):
        second = n // 1000
        stamp = "2026-11-25 %02d:%02d:%02d,%03d" % (second // 3600 % 24, second // 60 % 60, second % 60, n % 1000)
        kind = n % 20
        if kind == 0:
            yield json.dumps({"ts": 1764108771 + n / 1000, "level": "info", "msg": "order received", "order": n, "store": n % 97})
        elif kind == 1:
            yield "\\x1b[32mINFO\\x1b[0m:     10.0.0.%d:5000 - \\x1b[1mGET /orders/%d\\x1b[0m 200 OK" % (n % 250, n)
        elif n % 1000 == 2:
            yield stamp + " ERROR pipeline: batch %d could not be scored, needle\\nTraceback (most recent call last):\\n  File \\"score.py\\", line 7, in score\\nKeyError: %d" % (n, n)
        elif kind == 3:
            yield stamp + " WARNING pipeline: column region has %d missing values" % n
        else:
            yield stamp + " INFO pipeline: scored batch %d of the nightly forecast for store %d in %d ms" % (n, n % 97, n % 311)

def speak(first, count):
    out = sys.stdout.buffer
    chunk = []
    for line in lines(first, count):
        chunk.append(line)
        if len(chunk) == 200:
            out.write(("\\n".join(chunk) + "\\n").encode())
            out.flush()
            chunk = []
    out.write(("\\n".join([*chunk, "said %d lines" % (first + count), ""])).encode())
    out.flush()

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        _, _, first, count = self.path.split("/")
        threading.Thread(target=speak, args=(int(first), int(count))).start()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *args):
        pass

print("listening", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`

export function printingApp(): Promise<Uint8Array<ArrayBuffer>> {
  return bundleOf({
    'app.toml':
      '[App]\nName = "printer"\nVersion = "1.0.0"\nTitle = "Printer"\n[Runtime]\nModule = "server"\nAppMode = "python"\n',
    'server.py': server,
  })
}
