import { realpathSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Addresses } from './addresses.ts'
import { SessionEndings } from './auth/session-endings.ts'
import { Blobs } from './blobs/blobs.ts'
import { Changes } from './changes.ts'
import type { Config } from './config.ts'
import type { Platform } from './context.ts'
import { Gateway } from './gateway/gateway.ts'
import { Tickets } from './gateway/tickets.ts'
import { createApi } from './http/api.ts'
import { Importer } from './importer.ts'
import { Launcher } from './instances/launcher.ts'
import { UsageHistory } from './instances/usage-history.ts'
import { ProcessScheduler } from './scheduler/process-scheduler.ts'
import { Confinement } from './scheduler/confinement.ts'
import { findPython } from './scheduler/python.ts'
import type { Observer } from './scheduler/scheduler.ts'
import { SimulatedScheduler } from './scheduler/simulated-scheduler.ts'
import { MemorySearch } from './search/memory-search.ts'
import { DataFolderError, takeDataFolder } from './store/data-folder.ts'
import { openDatabase } from './store/database.ts'
import { Reserve } from './store/reserve.ts'
import { storageProblem } from './store/storage-problem.ts'
import { Uploads } from './uploads/uploads.ts'

export type RunningPlatform = {
  readonly platform: Platform
  /** The catalog's address, with the port that is really listened on. */
  readonly url: string
  /** Pauses the instances, ends connections, lets go of the data folder. */
  close(): Promise<void>
}

/** The port is taken; the message says what to do. */
export class PortInUse extends Error {}

/**
 * Starts the whole platform.
 *
 * @throws {PortInUse} and `DataFolderError` with words for the operator
 */
export async function startPlatform(
  config: Config,
  now: () => Date = () => new Date(),
): Promise<RunningPlatform> {
  const folder = takeDataFolder(config.dataDir)
  const server = createServer({ requestTimeout: 0, highWaterMark: 256 * 1024 })
  const opened = Promise.withResolvers<Handlers>()
  connect(server, opened.promise)
  try {
    // First of all the port: nothing is touched for a platform that can't be reached.
    const port = await listen(server, config)
    const platform = await assemble(config, port, now)
    await platform.launcher.open()
    platform.usage.open()
    const handlers = handlersOf(platform)
    opened.resolve(handlers)
    const url = platform.addresses.catalog
    folder.announce(url)
    return {
      platform,
      url,
      async close() {
        server.close()
        handlers.close()
        platform.usage.close()
        await platform.launcher.close()
        server.closeAllConnections()
        await platform.uploads.close()
        await platform.database.destroy()
        folder.release()
      },
    }
  } catch (error) {
    server.close()
    server.closeAllConnections()
    folder.release()
    if (storageProblem(error) && error instanceof Error) {
      throw new DataFolderError(
        `The data folder ${config.dataDir} can’t be written (${error.message}). Mend its permissions or free some space, and start again.`,
      )
    }
    throw error
  }
}

async function assemble(config: Config, port: number, now: () => Date): Promise<Platform> {
  const database = await openDatabase(config.dataDir)
  const blobs = await Blobs.open(path.join(config.dataDir, 'blobs'))
  const changes = new Changes()
  const addresses = new Addresses(port)
  const reserve = new Reserve(config.dataDir)
  const uploads = await Uploads.open({ config, database, reserve, now })
  const importer = new Importer(database, blobs, uploads, changes, config, now, reserve)
  const used = await importer.usedBlobs()
  await blobs.sweep((sha256) => used.has(sha256))
  const python = await findPython(config.python)
  const search = new MemorySearch({ database, config, python })
  // The scheduler reports to the launcher, which needs the scheduler: the one knot in the graph, tied here.
  const observe: Observer = (instanceId, run, report) => launcher.observe(instanceId, run, report)
  // Processes are known again by their folder, so it needs to have one name.
  const dataDir = realpathSync(config.dataDir)
  const confinement =
    config.scheduler === 'process' && config.confine
      ? await Confinement.find()
      : new Confinement('none')
  const scheduler =
    config.scheduler === 'simulated'
      ? new SimulatedScheduler(dataDir, observe)
      : new ProcessScheduler(dataDir, python, confinement, observe)
  const parts = { config, database, blobs, changes, addresses, python, scheduler, now, reserve }
  const launcher: Launcher = new Launcher(parts)
  // Nobody waits for it but the first who searches, and their search says what is wrong.
  void search.warm().catch(() => {})
  const tickets = new Tickets(database, now)
  return {
    ...parts,
    confinement: confinement.kind,
    uploads,
    importer,
    launcher,
    usage: new UsageHistory(parts),
    search,
    tickets,
    sessionEndings: new SessionEndings(),
    startedAt: now(),
  }
}

type Handlers = {
  close(): void
  request(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * Who calls during the start waits for its end: a launch between reading the instances and sweeping what belongs to
 * none of them would be swept as well.
 */
function connect(server: Server, opened: Promise<Handlers>): void {
  server.on('request', (request, response) => {
    void opened.then((handlers) => handlers.request(request, response))
  })
  server.on('upgrade', (request, socket, head) => {
    void opened.then((handlers) => handlers.upgrade(request, socket, head))
  })
}

function handlersOf(platform: Platform): Handlers {
  const { addresses } = platform
  const gateway = new Gateway(platform)
  const api = getRequestListener(createApi(platform).fetch)
  return {
    close: () => gateway.close(),
    request(request, response) {
      if (addresses.isCatalogHost(request.headers.host)) return void api(request, response)
      if (!request.headers.host?.includes('.localhost')) {
        // Names that somebody else made point here must not reach the API (DNS rebinding).
        response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' })
        response.end(`This platform is at ${addresses.catalog}\n`)
        return
      }
      gateway.handle(request, response).catch((error: unknown) => {
        console.error('wavedeck: gateway:', error)
        response.destroy()
      })
    },
    upgrade(request, socket, head) {
      if (addresses.isCatalogHost(request.headers.host)) return void socket.destroy()
      gateway.upgrade(request, socket, head).catch((error: unknown) => {
        console.error('wavedeck: gateway:', error)
        socket.destroy()
      })
    },
  }
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const next = port === 0 ? 0 : port + 1
      reject(
        error.code === 'EADDRINUSE'
          ? new PortInUse(
              `Port ${port} is in use. Stop what listens there, or choose another: npm start -- --port ${next}`,
            )
          : error.code === 'EACCES'
            ? new PortInUse(`Port ${port} needs an administrator. Choose one from 1024 up.`)
            : error,
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
