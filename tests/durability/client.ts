import { setTimeout as sleep } from 'node:timers/promises'
import { checkResponse } from '../support/contract.ts'
import type { Ledger, Request } from './ledger.ts'
import type { Random } from './random.ts'
import {
  appVisibilityRequest,
  createTagRequest,
  deleteAppRequest,
  editTagRequest,
  importRequest,
  instanceVisibilityRequest,
  launchRequest,
  pauseRequest,
  tagAppRequest,
  terminateRequest,
} from './requests.ts'

/** More would meet the limit of running instances, two clients being one person. */
const maxInstances = 4
const maxApps = 8

/**
 * One of several that work at the same time. It touches only what it made, so that what it was told is what must be
 * there; its session outlives every kill, too.
 */
export class Client {
  readonly persona: string
  readonly #ledger: Ledger
  readonly #own = { app: new Set<string>(), instance: new Set<string>(), tag: new Set<string>() }
  #url = ''
  #cookie = ''
  /** Sent, and not yet answered. */
  pending: Request | null = null

  constructor(persona: string, ledger: Ledger) {
    this.persona = persona
    this.#ledger = ledger
  }

  async connect(url: string): Promise<void> {
    this.#url = url
    if (this.#cookie !== '') return
    const body = JSON.stringify({ persona: this.persona })
    const headers = { 'Content-Type': 'application/json' }
    const response = await this.send({ method: 'POST', path: '/session', headers, body })
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  send(request: Pick<Request, 'method' | 'path' | 'headers' | 'body'>): Promise<Response> {
    return fetch(`${this.#url}/api/v1${request.path}`, {
      method: request.method,
      headers: { 'X-Wavedeck-Request': '1', cookie: this.#cookie, ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      signal: AbortSignal.timeout(120_000),
    })
  }

  get(path: string): Promise<Response> {
    return this.send({ method: 'GET', path, headers: {} })
  }

  /** Does one thing after the other until `isOver`; what is under way then stays in `pending`. */
  async work(random: Random, acknowledged: () => void, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const request = await this.#next(random)
      this.pending = request
      let response: Response
      try {
        response = await this.send(request)
        // The body belongs to the answer: without its end nothing was acknowledged.
        response = new Response(
          response.status === 204 ? null : await response.arrayBuffer(),
          response,
        )
      } catch (error) {
        if (isOver()) return
        throw new Error(`${request.what} broke off`, { cause: error })
      }
      await this.#settle(request, response, false)
      acknowledged()
      await sleep(random.between(0, 3))
    }
  }

  /** Sends again what was never answered, as it was, with its key. */
  async retry(): Promise<string | null> {
    const { pending } = this
    if (pending === null) return null
    await this.#settle(pending, await this.send(pending), true)
    return pending.what
  }

  async #settle(request: Request, response: Response, isRetry: boolean): Promise<void> {
    let made: string | void
    try {
      await checkResponse(request.method, request.path, response)
      made = await request.settle(response, isRetry)
    } catch (error) {
      throw new Error(`${request.what}${isRetry ? ' again' : ''}`, { cause: error })
    }
    this.pending = null
    if (made !== undefined && request.makes) this.#own[request.makes.kind].add(made)
    if (request.changes?.to === null) {
      this.#own.app.delete(request.changes.id)
      this.#own.instance.delete(request.changes.id)
    }
  }

  async #next(random: Random): Promise<Request> {
    const ledger = this.#ledger
    if (this.persona === 'admin') {
      const id = random.pick([...this.#own.tag])
      const tag = id === undefined ? undefined : ledger.tags.get(id)
      const makesNew = this.#own.tag.size < 40 && random.next() < 0.4
      return id !== undefined && tag && !makesNew
        ? editTagRequest(ledger, random, id, tag)
        : createTagRequest(ledger, random)
    }
    const appId = random.pick([...this.#own.app])
    const app = appId === undefined ? undefined : ledger.apps.get(appId)
    if (appId === undefined || app === undefined) {
      return importRequest(ledger, random, this.persona)
    }
    const instanceId = random.pick([...this.#own.instance])
    const instance = instanceId === undefined ? undefined : ledger.instances.get(instanceId)
    const choice = random.next()
    if (choice < 0.3) {
      const idle = [...this.#own.app].filter((id) => !this.#hasInstances(id))
      const victim = random.pick(idle)
      const isFull = this.#own.app.size >= maxApps
      return victim !== undefined && (isFull || random.next() < 0.25)
        ? deleteAppRequest(ledger, victim)
        : importRequest(ledger, random, this.persona)
    }
    if (choice < 0.4) return appVisibilityRequest(ledger, appId, app)
    const tagId = random.pick([...ledger.tags.keys()])
    if (choice < 0.5 && tagId !== undefined) return tagAppRequest(ledger, appId, app, tagId)
    if (instanceId === undefined || instance === undefined) {
      return launchRequest(ledger, appId, this.persona)
    }
    if (choice < 0.6) return instanceVisibilityRequest(ledger, instanceId, instance)
    if (choice < 0.7) return pauseRequest(ledger, instanceId, instance)
    if (this.#own.instance.size >= maxInstances || choice < 0.8) {
      return terminateRequest(ledger, instanceId)
    }
    return launchRequest(ledger, appId, this.persona)
  }

  #hasInstances(appId: string): boolean {
    return [...this.#own.instance].some((id) => this.#ledger.instances.get(id)?.appId === appId)
  }
}
