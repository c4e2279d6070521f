import type { Actor } from './actor.ts'
import { type AppFacts, mayRunApp } from './apps.ts'
import { whyNoSlot } from './limits.ts'

type InstanceStatus = 'PENDING' | 'DEPLOYED' | 'FAILED' | 'SUSPENDED' | 'UNKNOWN'

export type PrimaryActionApp = AppFacts & {
  readonly link: string | null
  readonly preconditions: {
    readonly runnable: boolean
    readonly problems: readonly { readonly message: string }[]
  }
  readonly visitInstance: { readonly id: string } | null
}

export type OwnInstance = { readonly id: string; readonly status: InstanceStatus }

/** The one thing to offer for an app, and where there is none, an honest reason. */
export type PrimaryAction =
  | { readonly kind: 'run' }
  | { readonly kind: 'visit'; readonly instanceId: string }
  | { readonly kind: 'starting'; readonly instanceId: string }
  | { readonly kind: 'resume'; readonly instanceId: string }
  | { readonly kind: 'open'; readonly link: string }
  /** It could be run, or this instance resumed, if the actor had a slot left. */
  | { readonly kind: 'full'; readonly instanceId: string | null; readonly reason: string }
  | { readonly kind: 'signIn' }
  | { readonly kind: 'none'; readonly reason: string }

/**
 * @param own the actor's own instances of the app, newest first
 * @param slots running instances the actor has and may have
 */
export function primaryAction(
  actor: Actor,
  app: PrimaryActionApp,
  own: readonly OwnInstance[],
  slots: { readonly used: number; readonly max: number },
): PrimaryAction {
  if (app.lifecycle === 'LINK') {
    return app.link === null
      ? { kind: 'none', reason: 'This app has no address.' }
      : { kind: 'open', link: app.link }
  }
  const running = own.find((instance) => instance.status === 'DEPLOYED')
  if (running) return { kind: 'visit', instanceId: running.id }
  const starting = own.find((instance) => instance.status === 'PENDING')
  if (starting) return { kind: 'starting', instanceId: starting.id }

  const full = whyNoSlot(slots)
  const paused = own.find((instance) => instance.status === 'SUSPENDED')
  if (paused) {
    return full === null
      ? { kind: 'resume', instanceId: paused.id }
      : { kind: 'full', instanceId: paused.id, reason: full }
  }
  if (app.visitInstance) return { kind: 'visit', instanceId: app.visitInstance.id }

  const decision = mayRunApp(actor, app)
  if (!decision.allowed) {
    if (decision.code === 'auth.sign-in-needed') return { kind: 'signIn' }
    if (decision.code === 'app.is-managed') {
      return {
        kind: 'none',
        reason:
          'Its owner runs this app for everyone, and it is not running now. Ask them to start it.',
      }
    }
    return { kind: 'none', reason: decision.reason }
  }
  if (!app.preconditions.runnable) {
    return {
      kind: 'none',
      reason: app.preconditions.problems[0]?.message ?? 'This app can’t run here.',
    }
  }
  return full === null ? { kind: 'run' } : { kind: 'full', instanceId: null, reason: full }
}
