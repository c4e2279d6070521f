import { connect, createServer } from 'node:net'

/** Given out and not yet bound by their app: the system may offer them a second time until then. */
const given = new Set<number>()

/** A port on the loopback interface that nobody listens on and that was not given to another app. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await new Promise<number>((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        server.close(() =>
          typeof address === 'object' && address !== null
            ? resolve(address.port)
            : reject(new Error('No port')),
        )
      })
    })
    if (given.has(port)) continue
    given.add(port)
    return port
  }
}

/** A port for an app; `taken` is the one its manifest names where somebody else has it. */
export type AppPort = { readonly port: number; readonly taken: number | null }

/**
 * The port that its manifest names, for an app that binds it whatever PORT says, or where that isn't to be had any
 * free one, for an app that does as it is told.
 */
export async function choosePort(fixed: number | null): Promise<AppPort> {
  if (fixed === null) return { port: await freePort(), taken: null }
  if (!given.has(fixed)) {
    // At once, so that nobody else takes it while we look.
    given.add(fixed)
    if (!(await answers(fixed)) && (await canListen(fixed))) return { port: fixed, taken: null }
    given.delete(fixed)
  }
  return { port: await freePort(), taken: fixed }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

export function returnPort(port: number): void {
  given.delete(port)
}

/** Whether something accepts connections there. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const end = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(1_000, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}
