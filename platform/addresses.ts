/** Where the platform is reached, and each app apart from it: no app shares the catalog's origin. */
export class Addresses {
  #port: number

  constructor(port: number) {
    this.#port = port
  }

  /** Known for certain only once the server listens, when any free port was asked for. */
  listeningOn(port: number): void {
    this.#port = port
  }

  get catalog(): string {
    return `http://localhost:${this.#port}`
  }

  /** By name alone: behind a development server or a tunnel the port is another one. */
  isCatalogHost(host: string | undefined): boolean {
    return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '')
  }

  instance(instanceId: string, routing: 'DOMAIN' | 'BASE_URL'): string {
    return routing === 'DOMAIN'
      ? `http://${instanceId}.localhost:${this.#port}/`
      : `http://apps.localhost:${this.#port}${basePath(instanceId, routing)}`
  }

  alias(name: string): string {
    return `http://${name}.localhost:${this.#port}/`
  }

  /** Which instance a request is for, and below which path its app lives; undefined for none. */
  findInstance(
    host: string | undefined,
    path: string,
  ): { instanceId: string; routing: 'DOMAIN' | 'BASE_URL' } | undefined {
    const name = host?.match(/^([a-z0-9-]{1,63})\.localhost(?::\d+)?$/i)?.[1]?.toLowerCase()
    if (name === undefined) return undefined
    if (name !== 'apps') return { instanceId: name, routing: 'DOMAIN' }
    const instanceId = path.match(/^\/instance\/([a-z0-9-]{1,63})(?:[/?]|$)/)?.[1]
    return instanceId === undefined ? undefined : { instanceId, routing: 'BASE_URL' }
  }
}

export function basePath(instanceId: string, routing: 'DOMAIN' | 'BASE_URL'): string {
  return routing === 'DOMAIN' ? '/' : `/instance/${instanceId}/`
}
