import { checkResponse } from '../support/contract.ts'

type Extra = { headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> }

const json = { 'Content-Type': 'application/json' }

/**
 * Somebody signed in who asks a platform in trouble. What it says then is compared by the tests themselves; that it is
 * said as the contract says is held here.
 */
export class Person {
  readonly #url: string
  #cookie = ''

  private constructor(url: string) {
    this.#url = url
  }

  static async signIn(url: string, persona: string): Promise<Person> {
    const person = new Person(url)
    const response = await person.post('/session', { persona })
    if (!response.ok) throw new Error(`Signing in: ${response.status} ${await response.text()}`)
    person.#cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return person
  }

  /** What every request of theirs carries. */
  get headers(): Record<string, string> {
    return { 'X-Wavedeck-Request': '1', cookie: this.#cookie }
  }

  async send(method: string, path: string, { headers, body }: Extra = {}): Promise<Response> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { ...this.headers, ...headers },
      ...(body === undefined ? {} : { body }),
    })
    await checkResponse(method, path, response)
    return response
  }

  get(path: string): Promise<Response> {
    return this.send('GET', path)
  }

  post(path: string, body: unknown = {}): Promise<Response> {
    return this.send('POST', path, { headers: json, body: JSON.stringify(body) })
  }

  patch(path: string, body: unknown): Promise<Response> {
    return this.send('PATCH', path, { headers: json, body: JSON.stringify(body) })
  }

  delete(path: string): Promise<Response> {
    return this.send('DELETE', path)
  }

  import(body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const headers = { 'Content-Type': 'application/zip' }
    return this.send('POST', '/apps?visibility=ALL_USERS', { headers, body })
  }
}
