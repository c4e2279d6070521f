import type { Actor } from './actor.ts'
import { type InstanceFacts, mayControlInstance } from './instances.ts'

type Visibility = InstanceFacts['visibility']

export type BulkAction =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'share'; readonly to: Visibility }

/** What the plan needs to know of an instance; the contract's Instance fits as it is. */
export type BulkFacts = InstanceFacts & {
  readonly status: 'PENDING' | 'DEPLOYED' | 'FAILED' | 'SUSPENDED' | 'UNKNOWN'
}

export type BulkPlan<Each> = {
  readonly todo: readonly Each[]
  /** What stays as it is; `reason` is a whole sentence. */
  readonly skipped: readonly { readonly instance: Each; readonly reason: string }[]
}

/**
 * What will happen to each of several instances: the rules that the platform keeps, asked beforehand.
 *
 * @param slots running instances the actor has and may have; as many as are left can be resumed
 */
export function planBulk<Each extends BulkFacts>(
  action: BulkAction,
  instances: readonly Each[],
  actor: Actor,
  slots: { readonly used: number; readonly max: number },
): BulkPlan<Each> {
  const todo: Each[] = []
  const skipped: { instance: Each; reason: string }[] = []
  let left = Math.max(0, slots.max - slots.used)
  for (const instance of instances) {
    const control = mayControlInstance(actor, instance)
    const reason = control.allowed ? whySkipped(action, instance, left, slots.max) : control.reason
    if (reason !== null) skipped.push({ instance, reason })
    else {
      todo.push(instance)
      if (action.kind === 'resume') left -= 1
    }
  }
  return { todo, skipped }
}

function whySkipped(
  action: BulkAction,
  { status, visibility }: BulkFacts,
  left: number,
  max: number,
): string | null {
  switch (action.kind) {
    case 'pause':
      if (status === 'SUSPENDED') return 'It is paused already.'
      return status === 'FAILED' ? 'It failed; there is nothing to pause.' : null
    case 'resume':
      if (status !== 'SUSPENDED' && status !== 'FAILED') return 'It is starting or running already.'
      return left > 0 ? null : `No slot is left: you may have ${max} running.`
    case 'share':
      return visibility === action.to ? 'It is so already.' : null
    case 'terminate':
      return null
  }
}

/** Those to pause first when room is needed: longest unused first, last those of which nobody counts the use. */
export function idleFirst<Each extends { readonly lastUsedAt: string | null }>(
  instances: readonly Each[],
): Each[] {
  return instances.toSorted(
    (a, b) =>
      (a.lastUsedAt === null ? 1 : 0) - (b.lastUsedAt === null ? 1 : 0) ||
      (a.lastUsedAt ?? '').localeCompare(b.lastUsedAt ?? ''),
  )
}
