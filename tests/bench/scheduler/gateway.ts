import { readFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { visit } from '../../support/visit.ts'
import type { BenchPlatform } from './bench-platform.ts'
import { latencies, quantile, Requester, throughput, type Way } from './requests.ts'
import type { Row } from './report.ts'

const megabyte = 1024 ** 2

/** Python's own web server, as most small apps have it, with a page of 10 KB. */
const threaded = `
import http.server, os
page = b"x" * 10_240
class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
    def log_message(self, *args):
        pass
class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
Server(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()
`

/** The same after five milliseconds of work: what most pages take at least. */
const working = threaded
  .replace(
    '        self.send_response(200)',
    '        until = time.thread_time() + 0.005\n        while time.thread_time() < until:\n            pass\n        self.send_response(200)',
  )
  .replace('import http.server, os', 'import http.server, os, time')

/** As quick as Python gets: no parsing, one answer. Also streams, takes uploads and echoes. */
const quick = `
import asyncio, os, re
page = b"HTTP/1.1 200 OK\\r\\nContent-Length: 1024\\r\\n\\r\\n" + b"x" * 1024
block = b"\\0" * 262144
async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            if b"upgrade: echo" in head.lower():
                writer.write(b"HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n")
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
                break
            path = head.split(b" ")[1]
            if path.startswith(b"/down/"):
                left = int(path[6:])
                writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % left)
                while left > 0:
                    writer.write(block[:left])
                    left -= len(block)
                    await writer.drain()
            elif path == b"/up":
                left = int(re.search(rb"content-length: (\\d+)", head.lower())[1])
                while left > 0:
                    left -= len(await reader.read(min(left, 262144)))
                writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
            else:
                writer.write(page)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(os.environ["PORT"]), limit=2**20)
    await server.serve_forever()
asyncio.run(main())
`

export type Size = { readonly rounds: number; readonly bytes: number }

/** The gateway beside a direct connection to the same app, in turns within one run. */
export async function benchGateway(platform: BenchPlatform, size: Size): Promise<Row[]> {
  const rows: Row[] = []
  for (const [name, source] of [
    ['pages that take 5 ms of work', working],
    ['Python’s http.server, pages of 10 KB', threaded],
    ['a bare asyncio server that does nothing', quick],
  ] as const) {
    const { direct, through } = await open(platform, source)
    rows.push(...(await compare(name, direct, through, size.rounds)))
  }
  const { direct, through } = await open(platform, quick)
  rows.push(...(await carryMuch(platform, direct, through, size.bytes)))
  rows.push(...(await echo(direct, through)))
  return rows
}

let apps = 0

/** An app that runs, and both ways to it. */
async function open(
  platform: BenchPlatform,
  source: string,
): Promise<{ direct: Way; through: Way }> {
  apps += 1
  const app = await platform.import({ name: `bench-${apps}`, files: { 'server.py': source } })
  const id = await platform.run(app)
  await platform.reaches(id, 'DEPLOYED')
  const file = path.join(platform.dataDir, 'instances', id, 'port')
  const port = Number(await readFile(file, 'utf8'))
  const { url, cookie } = await visit(platform.person, id)
  const { host, port: ours } = new URL(url)
  return {
    direct: { port, host: `127.0.0.1:${port}`, cookie: '' },
    through: { port: Number(ours), host, cookie },
  }
}

async function compare(name: string, direct: Way, through: Way, rounds: number): Promise<Row[]> {
  const ways = [direct, through]
  const alone = await Promise.all(ways.map((way) => Requester.open(way)))
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, requester] of alone.entries()) {
      times[n === 0 ? 0 : 1].push(...(await latencies(requester, 100)))
    }
  }
  for (const requester of alone) requester.close()
  const many = await Promise.all(
    ways.map((way) => Promise.all(Array.from({ length: 16 }, () => Requester.open(way)))),
  )
  const rates: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    for (const [n, requesters] of many.entries()) {
      rates[n === 0 ? 0 : 1].push(await throughput(requesters, 1_000))
    }
  }
  for (const requester of many.flat()) requester.close()
  const added = quantile(times[1], 0.5) - quantile(times[0], 0.5)
  const [a, b] = [quantile(rates[0], 0.5), quantile(rates[1], 0.5)]
  return [
    {
      what: `${name}: latency p50 / p95, ms`,
      direct: `${quantile(times[0], 0.5).toFixed(2)} / ${quantile(times[0], 0.95).toFixed(2)}`,
      gateway: `${quantile(times[1], 0.5).toFixed(2)} / ${quantile(times[1], 0.95).toFixed(2)}`,
      result: `${added.toFixed(2)} ms added`,
      target: '≤ 2 ms added',
    },
    {
      what: `${name}: 16 connections, requests a second`,
      direct: a.toFixed(0),
      gateway: b.toFixed(0),
      result: `${(b / a).toFixed(2)} of direct`,
      target: '≥ 0.7',
    },
  ]
}

/** Much in one piece, both ways, with the most of the platform's memory meanwhile. */
async function carryMuch(
  platform: BenchPlatform,
  direct: Way,
  through: Way,
  bytes: number,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, carry] of [
    ['down', download],
    ['up', upload],
  ] as const) {
    const plain = await carry(direct, bytes)
    const before = (await platform.measure()).memory
    const watch = watchMemory(platform)
    const ours = await carry(through, bytes)
    const most = await watch.end()
    rows.push({
      what: `${(bytes / megabyte).toFixed(0)} MB ${what}, MB/s`,
      direct: (bytes / megabyte / plain).toFixed(0),
      gateway: (bytes / megabyte / ours).toFixed(0),
      result: `${(plain / ours).toFixed(2)} of direct, platform +${grown(before, most)} MB`,
      target: 'without buffering',
    })
  }
  const before = (await platform.measure()).memory
  const watch = watchMemory(platform)
  const lazy = await Promise.all(Array.from({ length: 10 }, () => ignoring(through, bytes)))
  await sleep(3_000)
  const most = await watch.end()
  for (const answer of lazy) answer.destroy()
  rows.push({
    what: '10 readers that stop reading',
    direct: '',
    gateway: '',
    result: `platform +${grown(before, most)} MB`,
    target: 'bounded',
  })
  return rows
}

const grown = (before: number, most: number) => Math.max(0, (most - before) / megabyte).toFixed(0)

function watchMemory(platform: BenchPlatform): { end(): Promise<number> } {
  let isOver = false
  const watching = (async () => {
    let most = 0
    while (!isOver) {
      most = Math.max(most, (await platform.measure()).memory)
      await sleep(50)
    }
    return most
  })()
  return {
    end() {
      isOver = true
      return watching
    },
  }
}

function send(way: Way, method: string, target: string, length: number) {
  const headers = { host: way.host, ...(way.cookie === '' ? {} : { cookie: way.cookie }) }
  return request({
    host: '127.0.0.1',
    port: way.port,
    method,
    path: target,
    agent: false,
    headers: length === 0 ? headers : { ...headers, 'content-length': length },
  })
}

/** @returns seconds */
function download(way: Way, bytes: number): Promise<number> {
  const since = performance.now()
  return new Promise((resolve, reject) => {
    const sent = send(way, 'GET', `/down/${bytes}`, 0)
    sent.on('error', reject)
    sent.on('response', (answer) => {
      let got = 0
      answer.on('data', (chunk: Buffer) => (got += chunk.length))
      answer.on('error', reject)
      answer.on('end', () => {
        if (got === bytes) resolve((performance.now() - since) / 1000)
        else reject(new Error(`${got} bytes of ${bytes}`))
      })
    })
    sent.end()
  })
}

function upload(way: Way, bytes: number): Promise<number> {
  const since = performance.now()
  const block = Buffer.alloc(262_144)
  return new Promise((resolve, reject) => {
    const sent = send(way, 'PUT', '/up', bytes)
    sent.on('error', reject)
    sent.on('response', (answer) => {
      answer.resume().on('end', () => resolve((performance.now() - since) / 1000))
    })
    let left = bytes
    const write = () => {
      while (left > 0) {
        const piece = left < block.length ? block.subarray(0, left) : block
        left -= piece.length
        if (!sent.write(piece)) return void sent.once('drain', write)
      }
      sent.end()
    }
    write()
  })
}

function ignoring(way: Way, bytes: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = send(way, 'GET', `/down/${bytes}`, 0)
    sent.on('error', () => {})
    sent.once('error', reject)
    sent.on('response', (answer) => {
      answer.on('error', () => {})
      resolve(answer.pause())
    })
    sent.end()
  })
}

/** Messages there and back over an upgraded connection. */
async function echo(direct: Way, through: Way): Promise<Row[]> {
  const [plain, ours] = await Promise.all([upgraded(direct), upgraded(through)])
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < 10; round += 1) {
    for (const [n, socket] of [plain, ours].entries()) {
      for (let count = 0; count < 100; count += 1) {
        const since = performance.now()
        const back = new Promise((resolve) => socket.once('data', resolve))
        socket.write('a message of some forty bytes, there and back')
        await back
        times[n === 0 ? 0 : 1].push(performance.now() - since)
      }
    }
  }
  plain.destroy()
  ours.destroy()
  const [a, b] = [quantile(times[0], 0.5), quantile(times[1], 0.5)]
  return [
    {
      what: 'a message over a WebSocket and back, p50, ms',
      direct: a.toFixed(2),
      gateway: b.toFixed(2),
      result: `${(b - a).toFixed(2)} ms added`,
      target: '≤ 2 ms added',
    },
  ]
}

async function upgraded({ port, host, cookie }: Way): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const cookieLine = cookie === '' ? '' : `Cookie: ${cookie}\r\n`
  socket.write(
    `GET / HTTP/1.1\r\nHost: ${host}\r\n${cookieLine}Connection: Upgrade\r\nUpgrade: echo\r\n\r\n`,
  )
  await new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject))
  return socket
}
