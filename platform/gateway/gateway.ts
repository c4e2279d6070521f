import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { mayControlInstance, mayReadLog } from '../../src/rules/instances.ts'
import { basePath } from '../addresses.ts'
import type { Platform } from '../context.ts'
import { Problem } from '../http/problem.ts'
import { complain } from '../instances/complain.ts'
import { findAlias } from '../store/aliases.ts'
import { getInstance } from '../store/instances.ts'
import { type Carriage, Carriages } from './carriages.ts'
import { carryRequest, carryUpgrade, type Target } from './carry.ts'
import { Doors, type Entrance } from './doors.ts'
import { readCookie, visitCookie } from './headers.ts'
import { type GatewayPage, gatewayPage } from './pages.ts'
import { GatewayWords, resumePath } from './words.ts'

const ticketParameter = 'wavedeck_ticket'
/** How often open connections are looked at: whether something was carried, and whether their visit is over. */
const lookMs = 5_000

type Way =
  | {
      readonly kind: 'app'
      readonly target: Target
      readonly who: Omit<Carriage, 'socket' | 'cut'>
      /** When it was decided. */
      readonly moment: number
    }
  | {
      readonly kind: 'redirect'
      readonly status: 302 | 303
      readonly location: string
      readonly cookie: string | null
    }
  | { readonly kind: 'page'; readonly page: GatewayPage }

/** Carries requests to instances, each on an origin apart from the catalog's, for those who may open them. */
export class Gateway {
  readonly #platform: Platform
  readonly #doors: Doors
  readonly #words: GatewayWords
  readonly #carriages = new Carriages()
  readonly #timer: NodeJS.Timeout

  constructor(platform: Platform) {
    this.#platform = platform
    this.#doors = new Doors(platform)
    this.#words = new GatewayWords(() => platform.addresses.catalog)
    // What is open is held to a change as the next request is.
    platform.changes.follow(({ change: { id } }) =>
      this.#review(({ instanceId, appId }) => instanceId === id || appId === id),
    )
    platform.sessionEndings.follow(() => this.#review(({ token }) => token !== undefined))
    this.#timer = setInterval(() => this.#look(), lookMs).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const way = await this.#findWay(request)
    if (way.kind === 'page') return sendPage(response, way.page)
    if (way.kind === 'redirect') {
      response.writeHead(way.status, {
        Location: way.location,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
        ...(way.cookie === null ? {} : { 'Set-Cookie': way.cookie }),
      })
      response.end()
      return
    }
    const cut = () => request.socket.destroy()
    const leave = this.#admit({ ...way.who, socket: request.socket, cut }, way.moment)
    response.on('close', leave)
    carryRequest(request, response, way.target, () => sendPage(response, this.#words.noAnswer()))
  }

  /** WebSockets, and whatever else a connection is turned into. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until it is connected to an app, nobody else would hear of its errors.
    socket.on('error', () => socket.destroy())
    const way = await this.#findWay(request)
    if (way.kind !== 'app') {
      const status = way.kind === 'page' ? way.page.status : 403
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const cut = () => socket.destroy()
    const leave = this.#admit({ ...way.who, socket: request.socket, cut }, way.moment)
    socket.on('close', leave)
    carryUpgrade(request, socket, head, way.target)
  }

  async #findWay(request: IncomingMessage): Promise<Way> {
    const { addresses, tickets, scheduler, launcher } = this.#platform
    const url = parseTarget(request.url)
    if (url === null) return page(this.#words.unreadable())
    const found = addresses.findInstance(request.headers.host, url.pathname)
    if (found === undefined) return page(this.#words.unknown())
    const token = readCookie(request.headers.cookie)
    const { moment } = this.#doors
    const entrance = await this.#doors.ask(found.instanceId, token)
    if (entrance === undefined) {
      return found.routing === 'DOMAIN'
        ? this.#followAlias(found.instanceId, url)
        : page(this.#words.unknown())
    }
    const { instance, actor, decision } = entrance
    const { runtime } = instance.storedApp.manifest
    const routing = runtime?.routingMode ?? 'DOMAIN'
    if (found.routing !== routing) return page(this.#words.unknown())

    const base = basePath(instance.id, routing)
    const ticket = url.searchParams.get(ticketParameter)
    if (ticket !== null) {
      url.searchParams.delete(ticketParameter)
      const visit = await tickets.redeem(ticket, instance.id)
      const location = `${url.pathname}${url.search}`
      const cookie = visit === undefined ? null : visitCookie(visit, base)
      // Asked again without the ticket, so that it stays in no history and reaches no app.
      return { kind: 'redirect', status: 303, location: location.replace(/^\/{2,}/, '/'), cookie }
    }
    if (!decision.allowed) {
      return page(this.#words.refused(actor.userId === null ? null : decision.reason))
    }
    const address = scheduler.address(instance.id)
    if (instance.status !== 'DEPLOYED' || address === undefined) {
      return this.#away(request, url.pathname, base, entrance)
    }
    launcher.used(instance.id)
    // Wave servers know their base URL; other apps see the path below it.
    const strips = base !== '/' && runtime?.appMode !== 'wave'
    const path = strips ? `/${(request.url ?? '/').slice(base.length)}` : (request.url ?? '/')
    return {
      kind: 'app',
      target: { address, path, prefix: strips ? base.slice(0, -1) : '' },
      who: { instanceId: instance.id, appId: instance.app_id, token },
      moment,
    }
  }

  /** A vanity address leads to the instance's own, where the visit's cookie lives. */
  async #followAlias(name: string, url: URL): Promise<Way> {
    const { database, addresses } = this.#platform
    const alias = await findAlias(database, name)
    const instance = alias?.instanceId ? await getInstance(database, alias.instanceId) : undefined
    if (instance === undefined) {
      return page(alias === undefined ? this.#words.unknown() : this.#words.orphaned())
    }
    const routing = instance.storedApp.manifest.runtime?.routingMode ?? 'DOMAIN'
    const path = url.pathname.replace(/^\/+/, '')
    const location = `${addresses.instance(instance.id, routing)}${path}${url.search}`
    return { kind: 'redirect', status: 302, location, cookie: null }
  }

  /** For an instance that isn't there to answer now, and for those who have it started again. */
  async #away(
    request: IncomingMessage,
    path: string,
    base: string,
    { instance, actor }: Entrance,
  ): Promise<Way> {
    const mayControl = mayControlInstance(actor, instance).allowed
    if (path === `${base}${resumePath}`) {
      try {
        if (mayControl && isClick(request) && actor.userId !== null) {
          await this.#platform.launcher.resume(instance.id, actor.userId)
        }
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        return page(this.#words.notResumed(instance.storedApp.title, error.message))
      }
      return { kind: 'redirect', status: 303, location: base, cookie: null }
    }
    const mayReadStatus = mayReadLog(actor, instance).allowed
    return page(this.#words.away(instance, base, { mayControl, mayReadStatus }))
  }

  /** @returns what to call at its end */
  #admit(carriage: Carriage, moment: number): () => void {
    const leave = this.#carriages.add(carriage)
    // What changed since it was decided was no change of an open connection yet.
    if (moment !== this.#doors.moment) this.#review((open) => open === carriage)
    return leave
  }

  #review(concerns: (carriage: Carriage) => boolean): void {
    const mayGoOn = async ({ instanceId, token }: Carriage) =>
      (await this.#doors.ask(instanceId, token))?.decision.allowed ?? false
    this.#carriages.review(concerns, mayGoOn).catch(complain)
  }

  #look(): void {
    for (const instanceId of this.#carriages.used()) this.#platform.launcher.used(instanceId)
    this.#review(({ token }) => token !== undefined)
  }
}

/**
 * Whether a person clicked on a button of our page. An app's own pages live on the same origin and must not keep
 * their app running by themselves; these headers are the browser's, and no script can write them.
 */
function isClick({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    headers.origin === `http://${headers.host}` &&
    headers['sec-fetch-site'] === 'same-origin' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-user'] === '?1'
  )
}

/** Null for a request target that is no path, such as `//` or an absolute address that doesn't parse. */
function parseTarget(target = '/'): URL | null {
  return target.startsWith('/') ? URL.parse(`http://instance.invalid${target}`) : null
}

function page(content: GatewayPage): Way {
  return { kind: 'page', page: content }
}

function sendPage(response: ServerResponse, content: GatewayPage): void {
  const { status, headers, body } = gatewayPage(content)
  response.writeHead(status, headers)
  response.end(body)
}
