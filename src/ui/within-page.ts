/** A navigation with this state stays on its page: the focus stays where it is. */
export const withinPage = { withinPage: true }

export function isWithinPage(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'withinPage' in state
}
