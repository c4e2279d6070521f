import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Config } from '../../../platform/config.ts'
import type { App, Instance, InstanceEvent } from '../../../src/api/generated/types.gen.ts'
import { appBundle } from '../../support/bundles.ts'
import { eventually } from '../../support/eventually.ts'
import { Person } from '../../durability/person.ts'
import type { Answer, Order } from './platform.ts'

type Measured = Extract<Answer, { kind: 'measured' }>

/** A launch that the platform didn't take on. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A platform process that can be killed and started again over the same data, and somebody who uses it. */
export class BenchPlatform {
  readonly dataDir: string
  readonly #limits: Partial<Config['limits']>
  #child: ChildProcess | undefined
  #person: Person | undefined
  url = ''
  confinement = ''

  constructor(dataDir: string, limits: Partial<Config['limits']> = {}) {
    this.dataDir = dataDir
    this.#limits = limits
  }

  get person(): Person {
    if (this.#person === undefined) throw new Error('The platform was not started')
    return this.#person
  }

  async start(): Promise<void> {
    const script = path.join(import.meta.dirname, 'platform.ts')
    const child = fork(script, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // A session of its own, as in a terminal of its own: systems share the processors among sessions first (Linux:
      // autogroup), and whoever asks is elsewhere in earnest.
      detached: true,
    })
    this.#child = child
    const order: Order = { kind: 'start', dataDir: this.dataDir, limits: this.#limits }
    child.send(order)
    const started = await this.#answer('started')
    this.url = started.url
    this.confinement = started.confinement
    this.#person = await Person.signIn(this.url, 'author')
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  jump(ms: number): void {
    const order: Order = { kind: 'jump', ms }
    this.#child?.send(order)
  }

  async measure(): Promise<Measured> {
    const order: Order = { kind: 'measure' }
    this.#child?.send(order)
    return this.#answer('measured')
  }

  async import(options: Parameters<typeof appBundle>[0]): Promise<App> {
    const reply = await this.person.import(await appBundle(options))
    if (reply.status !== 201) throw new Error(await reply.text())
    return reply.json()
  }

  async run(app: App): Promise<string> {
    const reply = await this.person.post(`/apps/${app.id}/run`)
    if (reply.status !== 201) throw new Refused(reply.status, await reply.text())
    const { id }: Instance = await reply.json()
    return id
  }

  async read(id: string): Promise<Instance> {
    return (await this.person.get(`/instances/${id}`)).json()
  }

  reaches(id: string, status: Instance['status'], limitMs = 60_000): Promise<Instance> {
    return eventually(
      () => this.read(id),
      (instance) => instance.status === status,
      limitMs,
    )
  }

  async events(id: string): Promise<InstanceEvent[]> {
    const { events } = await (await this.person.get(`/instances/${id}/events`)).json()
    return events
  }

  async log(id: string, query = ''): Promise<string> {
    return (await this.person.get(`/instances/${id}/logs${query}`)).text()
  }

  async #answer<K extends Answer['kind']>(kind: K): Promise<Extract<Answer, { kind: K }>> {
    const child = this.#child
    if (child === undefined) throw new Error('The platform was not started')
    return new Promise((resolve, reject) => {
      const end = () => {
        child.off('message', hear)
        child.off('exit', fail)
      }
      const fail = () => {
        end()
        reject(new Error('The platform ended'))
      }
      const hear = (message: Answer) => {
        if (!isOf(message, kind)) return
        end()
        resolve(message)
      }
      child.on('message', hear)
      child.on('exit', fail)
    })
  }
}

function isOf<K extends Answer['kind']>(
  answer: Answer,
  kind: K,
): answer is Extract<Answer, { kind: K }> {
  return answer.kind === kind
}
