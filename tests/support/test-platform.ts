import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Config, defaultLimits } from '../../platform/config.ts'
import { type RunningPlatform, startPlatform } from '../../platform/server.ts'
import type { Problem } from '../../src/api/generated/types.gen.ts'
import { checkResponse } from './contract.ts'

export type TestPlatform = RunningPlatform & {
  readonly dataDir: string
  /** A caller with a session of its own; without a persona an anonymous one. */
  as(persona?: string): Promise<Caller>
  /** Stops it and starts another over the same data. */
  restart(): Promise<TestPlatform>
  /** Stops it and deletes its data. */
  end(): Promise<void>
}

type Options = Partial<Omit<Config, 'limits'>> & {
  limits?: Partial<Config['limits']>
  now?: () => Date
}

/** A platform of its own on a free port, with data in a temporary folder. */
export async function startTestPlatform(options: Options = {}): Promise<TestPlatform> {
  const { now, limits, ...rest } = options
  const dataDir = rest.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'wavedeck-test-')))
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    scheduler: 'simulated',
    samples: false,
    webRoot: null,
    python: 'python3',
    publicMode: false,
    confine: true,
    allowedEnvNames: [],
    ...rest,
    dataDir,
    limits: { ...defaultLimits, ...limits },
  }
  const running = await startPlatform(config, now)
  return {
    ...running,
    dataDir,
    as: (persona) => signedIn(running.url, persona),
    async restart() {
      await running.close()
      return startTestPlatform({ ...options, dataDir })
    },
    async end() {
      await running.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function signedIn(url: string, persona: string | undefined): Promise<Caller> {
  const caller = new Caller(url)
  if (persona !== undefined) await caller.post('/session', { persona })
  return caller
}

/** Speaks to the platform as a program does, over real HTTP. Every answer is held against the contract. */
export class Caller {
  readonly #url: string
  #cookie: string | undefined

  constructor(url: string) {
    this.#url = url
  }

  get cookie(): string | undefined {
    return this.#cookie
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      ...init,
      method,
      headers: {
        'X-Wavedeck-Request': '1',
        ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
        ...Object.fromEntries(new Headers(init.headers)),
      },
    })
    const [cookie] = response.headers.getSetCookie()
    if (cookie?.startsWith('wavedeck_session=')) this.#cookie = cookie.split(';')[0]
    await checkResponse(method, path, response)
    return response
  }

  get(path: string): Promise<Response> {
    return this.send('GET', path)
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('POST', path, {
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  patch(path: string, body: unknown): Promise<Response> {
    return this.send('PATCH', path, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  delete(path: string): Promise<Response> {
    return this.send('DELETE', path)
  }

  import(
    bundle: Uint8Array<ArrayBuffer>,
    visibility = 'ALL_USERS',
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.send('POST', `/apps?visibility=${visibility}`, {
      headers: { 'Content-Type': 'application/zip', ...headers },
      body: bundle,
    })
  }
}

/** The status and code of a problem, which is what clients branch on. */
export async function problemOf(
  response: Response,
): Promise<{ status: number; code: string; body: Problem }> {
  const body: Problem = await response.json()
  return { status: response.status, code: body.code, body }
}
