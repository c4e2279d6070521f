/** Python of the apps that the scheduler is put to the test with. */

const serve = `
import http.server, os
class Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
    def log_message(self, *args):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Quiet).serve_forever()
`

/**
 * Prints numbered lines without a pause, and notes in its volume how many of them the system has taken: what a log
 * must hold however the app ends.
 */
const counting = `
import mmap, os, struct, threading, time
place = os.open(os.path.join(os.environ["WAVEDECK_VOLUME"], "printed"), os.O_RDWR | os.O_CREAT)
os.ftruncate(place, 8)
printed = mmap.mmap(place, 8)
first = struct.unpack("<q", printed[:8])[0]
def count():
    n = first
    while True:
        os.write(1, b"line %09d\\n" % n)
        n += 1
        printed[:8] = struct.pack("<q", n)
        time.sleep(0.0005)
threading.Thread(target=count, daemon=True).start()
`

const volume = 'VolumeMount = "/counted"\nVolumeSize = "600Mi"'

export const apps = {
  serving: { files: { 'server.py': serve } },
  counting: { runtime: volume, files: { 'server.py': `${counting}${serve}` } },
  /** Takes a port that its manifest names, whatever it is told. */
  fixedPort: (port: number) => ({
    runtime: `Port = ${port}`,
    files: { 'server.py': `import os\nos.environ["PORT"] = "${port}"\n${serve}` },
  }),
  deaf: {
    files: {
      'server.py': `import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n${serve}`,
    },
  },
  /** Children in the group, out of it, and orphaned, all of them deaf. */
  forking: {
    files: {
      'server.py': `
import os, signal, time
def child(leaves, orphaned):
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if leaves:
            os.setsid()
        if orphaned and os.fork() != 0:
            os._exit(0)
        while True:
            time.sleep(1)
for leaves in (False, True):
    for orphaned in (False, True):
        child(leaves, orphaned)
${serve}`,
    },
  },
  multiplying: {
    files: {
      'server.py': `import os, time\nfor n in range(700):\n    if n == 512:\n        print("over at", time.time(), flush=True)\n    if os.fork() == 0:\n        time.sleep(600)\n        os._exit(0)\n${serve}`,
    },
  },
  flooding: {
    files: {
      'server.py': `
import os, signal
line = b"%09d " + b"x" * 89 + b"\\n"
for start in range(0, 1_050_000, 1000):
    os.write(1, b"".join(line % n for n in range(start, start + 1000)))
os.kill(os.getpid(), signal.SIGKILL)
`,
    },
  },
  hungry: {
    runtime: 'MemoryLimit = "120Mi"',
    files: {
      'server.py': `
import threading, time
def eat():
    time.sleep(1)
    held = []
    while True:
        held.append(bytearray(b"x" * 4_000_000))
        if len(held) == 40:
            print("over at", time.time(), flush=True)
        time.sleep(0.01)
threading.Thread(target=eat, daemon=True).start()
${serve}`,
    },
  },
  silent: { files: { 'server.py': 'import time\ntime.sleep(600)\n' } },
  failing: { files: { 'server.py': 'import sys\nsys.exit("no database")\n' } },
  /** Its requirements are asked of a server that takes the connection and never answers. */
  hanging: (port: number) => ({
    files: {
      'requirements.txt': `--index-url http://127.0.0.1:${port}/simple\nnowhere==1.0\n`,
      'server.py': serve,
    },
  }),
  /** Writes until nothing more goes. */
  filling: {
    runtime: 'VolumeMount = "/much"\nVolumeSize = "1Gi"',
    files: {
      'server.py': `
import os, threading, time
def fill():
    time.sleep(0.5)
    with open(os.path.join(os.environ["WAVEDECK_VOLUME"], "much"), "wb", buffering=0) as file:
        while True:
            try:
                file.write(b"x" * 1_000_000)
            except OSError:
                print("full", flush=True)
                time.sleep(0.2)
threading.Thread(target=fill, daemon=True).start()
${serve}`,
    },
  },
} as const
