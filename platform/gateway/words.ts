import type { StoredInstance } from '../store/instances.ts'
import type { GatewayPage } from './pages.ts'

/** Where a form of ours is sent, below the base path of the instance that is paused. */
export const resumePath = '.wavedeck/resume'

/** What the person who asks may do about an instance that isn't there for them now. */
export type Means = { readonly mayControl: boolean; readonly mayReadStatus: boolean }

/** The gateway's own pages, each with a way on. */
export class GatewayWords {
  readonly #catalog: () => string

  /** @param catalog its address, which is known once the server listens */
  constructor(catalog: () => string) {
    this.#catalog = catalog
  }

  unreadable(): GatewayPage {
    return {
      status: 400,
      title: 'This address can’t be read',
      text: 'It is not an address that a web server understands.',
      link: this.#toCatalog('Go to the catalog', '/'),
    }
  }

  unknown(): GatewayPage {
    return {
      status: 404,
      title: 'Nothing runs here',
      text: 'This instance was terminated, or the address is not quite right.',
      link: this.#toCatalog('Go to the catalog', '/'),
    }
  }

  orphaned(): GatewayPage {
    return {
      status: 404,
      title: 'This address leads nowhere now',
      text: 'The instance it led to was terminated. Its owner or an admin can let it lead to another one.',
      link: this.#toCatalog('Go to the catalog', '/'),
    }
  }

  /** @param reason null for somebody whom nobody knows yet */
  refused(reason: string | null): GatewayPage {
    return {
      status: 403,
      title: reason === null ? 'Open this app from the catalog' : 'You may not open this app',
      text:
        reason ??
        'This address works once you have visited the app from the catalog in this browser.',
      link: this.#toCatalog('Go to my instances'),
    }
  }

  /** @param base the path that the instance is served below */
  away(instance: StoredInstance, base: string, means: Means): GatewayPage {
    const { title } = instance.storedApp
    const link = this.#toCatalog('Go to my instances')
    const status = 503
    if (instance.status === 'SUSPENDED') {
      const lead = means.mayControl
        ? 'Resume it, and this page turns into the app as soon as it answers.'
        : 'Its owner or an admin can resume it. This page turns into the app as soon as it answers.'
      const form = means.mayControl ? { action: `${base}${resumePath}`, label: 'Resume' } : null
      return { status, title: `${title} is paused`, text: lead, link, form, refresh: 5 }
    }
    if (instance.status === 'FAILED') {
      const why = means.mayReadStatus ? instance.runtime_message : null
      const text = why ?? 'It could not be kept running. Its owner can see why in the catalog.'
      const form = means.mayControl
        ? { action: `${base}${resumePath}`, label: 'Start again' }
        : null
      return { status, title: `${title} has failed`, text, link, form }
    }
    const doing = means.mayReadStatus ? instance.runtime_message : null
    const step = doing === null ? '' : `${doing.replace(/\.$/, '')}. `
    const text = `${step}This page turns into the app as soon as it answers.`
    return { status, title: `${title} is starting`, text, link, refresh: 2 }
  }

  /** @param reason why it can't be started again, in the words of the API */
  notResumed(title: string, reason: string): GatewayPage {
    const link = this.#toCatalog('Go to my instances')
    return { status: 409, title: `${title} was not started`, text: reason, link }
  }

  noAnswer(): GatewayPage {
    return {
      status: 502,
      title: 'The app did not answer',
      text: 'It may be restarting. This page tries again by itself.',
      link: this.#toCatalog('Go to my instances'),
      refresh: 3,
    }
  }

  #toCatalog(label: string, path = '/instances') {
    return { href: `${this.#catalog()}${path}`, label }
  }
}
