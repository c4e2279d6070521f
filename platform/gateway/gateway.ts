import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { isInCatalogOf } from '../../src/rules/apps.ts'
import { mayControlInstance, mayOpenInstance } from '../../src/rules/instances.ts'
import { basePath } from '../addresses.ts'
import type { Platform } from '../context.ts'
import type { Address } from '../scheduler/scheduler.ts'
import { findAlias } from '../store/aliases.ts'
import { getInstance, type StoredInstance } from '../store/instances.ts'
import { OpenConnections } from './open-connections.ts'
import { forwardedHeaders, readCookie, returnedHeaders, visitCookie } from './headers.ts'
import { type GatewayPage, gatewayPage } from './pages.ts'

const ticketParameter = 'wavedeck_ticket'

type Way =
  | {
      readonly kind: 'app'
      readonly address: Address
      readonly path: string
      readonly prefix: string
      readonly instance: StoredInstance
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
  readonly #open: OpenConnections

  constructor(platform: Platform) {
    this.#platform = platform
    this.#open = new OpenConnections(platform.changes)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { moment } = this.#open
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
    if (response.destroyed) return
    const upstream = httpRequest({
      ...way.address,
      method: request.method,
      path: way.path,
      headers: forwardedHeaders(request, way.prefix),
    })
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, returnedHeaders(answer))
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    upstream.on('error', () => {
      if (response.headersSent) return response.destroy()
      sendPage(response, this.#noAnswer())
    })
    const ended = this.#keepAsking(request, way.instance, () => response.destroy(), moment)
    response.on('close', () => {
      ended()
      upstream.destroy()
    })
    request.pipe(upstream)
  }

  #keepAsking(
    request: IncomingMessage,
    { id, app_id }: StoredInstance,
    end: () => void,
    moment: number,
  ): () => void {
    const mayStay = async () => {
      const instance = await getInstance(this.#platform.database, id)
      return instance !== undefined && (await this.#ask(request, instance)).decision.allowed
    }
    return this.#open.add({ instanceId: id, appId: app_id, mayStay, end }, moment)
  }

  /** Who asks, by the cookie of their visit, and whether they may open it now. */
  async #ask(request: IncomingMessage, instance: StoredInstance) {
    const actor = await this.#platform.tickets.visitor(
      readCookie(request.headers.cookie),
      instance.id,
    )
    const inCatalog = isInCatalogOf(actor, instance.storedApp)
    return { actor, decision: mayOpenInstance(actor, instance, inCatalog) }
  }

  /** WebSockets, and whatever else a connection is turned into. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Until it is connected to an app, nobody else would hear of its errors.
    socket.on('error', () => socket.destroy())
    const { moment } = this.#open
    const way = await this.#findWay(request)
    if (way.kind !== 'app') {
      const status = way.kind === 'page' ? way.page.status : 403
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    if (socket.destroyed) return
    socket.on(
      'close',
      this.#keepAsking(request, way.instance, () => socket.destroy(), moment),
    )
    const upstream = httpRequest({
      ...way.address,
      method: request.method,
      path: way.path,
      headers: {
        ...forwardedHeaders(request, way.prefix),
        connection: 'Upgrade',
        upgrade: request.headers.upgrade ?? 'websocket',
      },
    })
    upstream.on('upgrade', (answer, upstreamSocket, upstreamHead) => {
      const lines = rawHeaderLines(answer)
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines}\r\n`)
      socket.write(upstreamHead)
      upstreamSocket.write(head)
      upstreamSocket.pipe(socket)
      socket.pipe(upstreamSocket)
      upstreamSocket.on('error', () => socket.destroy())
      upstreamSocket.on('close', () => socket.destroy())
      socket.on('close', () => upstreamSocket.destroy())
    })
    upstream.on('response', (answer) => {
      socket.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n`)
      socket.write(`${rawHeaderLines(answer)}\r\n`)
      answer.pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
    upstream.end()
  }

  async #findWay(request: IncomingMessage): Promise<Way> {
    const { database, addresses, tickets } = this.#platform
    const url = parseTarget(request.url)
    if (url === null) return page(this.#unreadable())
    const found = addresses.findInstance(request.headers.host, url.pathname)
    const instance = found && (await getInstance(database, found.instanceId))
    if (found?.routing === 'DOMAIN' && instance === undefined) {
      return this.#followAlias(found.instanceId, url)
    }
    const routing = instance?.storedApp.manifest.runtime?.routingMode ?? 'DOMAIN'
    if (!found || !instance || found.routing !== routing) return page(this.#unknown())

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
    const { actor, decision } = await this.#ask(request, instance)
    if (!decision.allowed) {
      return page(this.#refused(actor.userId === null ? null : decision.reason))
    }
    const address = this.#platform.scheduler.address(instance.id)
    if (instance.status !== 'DEPLOYED' || address === undefined) {
      return page(this.#away(instance, mayControlInstance(actor, instance).allowed))
    }
    // Wave servers know their base URL; other apps see the path below it.
    const strips = base !== '/' && instance.storedApp.manifest.runtime?.appMode !== 'wave'
    const path = strips ? `/${(request.url ?? '/').slice(base.length)}` : (request.url ?? '/')
    return { kind: 'app', address, path, prefix: strips ? base.slice(0, -1) : '', instance }
  }

  /** A vanity address leads to the instance's own, where the visit's cookie lives. */
  async #followAlias(name: string, url: URL): Promise<Way> {
    const { database, addresses } = this.#platform
    const alias = await findAlias(database, name)
    const instance = alias?.instanceId ? await getInstance(database, alias.instanceId) : undefined
    if (instance === undefined)
      return page(alias === undefined ? this.#unknown() : this.#orphaned())
    const routing = instance.storedApp.manifest.runtime?.routingMode ?? 'DOMAIN'
    const path = url.pathname.replace(/^\/+/, '')
    const location = `${addresses.instance(instance.id, routing)}${path}${url.search}`
    return { kind: 'redirect', status: 302, location, cookie: null }
  }

  #toCatalog(label: string, path = '/instances') {
    return { href: `${this.#platform.addresses.catalog}${path}`, label }
  }

  #unreadable(): GatewayPage {
    return {
      status: 400,
      title: 'This address can’t be read',
      text: 'It is not an address that a web server understands.',
      link: this.#toCatalog('Go to the catalog', '/'),
    }
  }

  #unknown(): GatewayPage {
    return {
      status: 404,
      title: 'Nothing runs here',
      text: 'This instance was terminated, or the address is not quite right.',
      link: this.#toCatalog('Go to the catalog', '/'),
    }
  }

  #orphaned(): GatewayPage {
    return {
      status: 404,
      title: 'This address leads nowhere now',
      text: 'The instance it led to was terminated. Its owner or an admin can let it lead to another one.',
      link: this.#toCatalog('Go to the catalog', '/'),
    }
  }

  #refused(reason: string | null): GatewayPage {
    return {
      status: 403,
      title: reason === null ? 'Open this app from the catalog' : 'You may not open this app',
      text:
        reason ??
        'This address works once you have visited the app from the catalog in this browser.',
      link: this.#toCatalog('Go to my instances'),
    }
  }

  /** @param mayControl whether who asks could resume it */
  #away(instance: StoredInstance, mayControl: boolean): GatewayPage {
    const { title } = instance.storedApp
    const link = this.#toCatalog('Go to my instances')
    if (instance.status === 'SUSPENDED') {
      const text = mayControl
        ? 'Resume it in the catalog. This page turns into the app as soon as it answers.'
        : 'Its owner or an admin can resume it. This page turns into the app as soon as it answers.'
      const resume = mayControl ? this.#toCatalog('Resume it in the catalog') : link
      return { status: 503, title: `${title} is paused`, text, link: resume, refresh: 5 }
    }
    if (instance.status === 'FAILED') {
      const text = 'It could not be kept running. The catalog says why.'
      return { status: 503, title: `${title} has failed`, text, link }
    }
    const text = 'This page turns into the app as soon as it answers.'
    return { status: 503, title: `${title} is starting`, text, link, refresh: 2 }
  }

  #noAnswer(): GatewayPage {
    return {
      status: 502,
      title: 'The app did not answer',
      text: 'It may be restarting. This page tries again by itself.',
      link: this.#toCatalog('Go to my instances'),
      refresh: 3,
    }
  }
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

function rawHeaderLines({ rawHeaders }: IncomingMessage): string {
  let lines = ''
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    lines += `${rawHeaders[index]}: ${rawHeaders[index + 1]}\r\n`
  }
  return lines
}
