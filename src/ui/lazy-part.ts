import { type ComponentType, createElement, type FunctionComponent, use } from 'react'

export type LazyPart<Props> = FunctionComponent<Props> & {
  /** Fetches its code ahead of need. Never fails: what went wrong is thrown where it is drawn. */
  preload: () => Promise<void>
}

/**
 * A component whose code is fetched when it is first drawn. Like React's `lazy`, but with its code there it is drawn at
 * once: `lazy` waits for its promise even then, which shows the fallback, and React keeps a fallback for 300 ms.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyPart<Props> {
  let loading: Promise<ComponentType<Props>> | undefined
  const start = () => {
    if (loading !== undefined) return loading
    const started = load().then((component) => {
      // What React notes on a promise that it has waited for; it takes the value from there at once.
      void Object.assign(started, { status: 'fulfilled', value: component })
      return component
    })
    loading = started
    return started
  }
  const Part = (props: Props) => createElement(use(start()), props)
  const preload = async () => {
    await Promise.allSettled([start()])
  }
  return Object.assign(Part, { preload })
}

export function isLazyPart(part: ComponentType): part is LazyPart<object> {
  return 'preload' in part
}
