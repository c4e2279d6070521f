const guarding = new Set<object>()

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

/**
 * Makes the browser ask before the catalog is left, on every page, for as long as an owner needs it. A listener that
 * nobody needs would keep pages out of the browser's cache.
 */
export function guardLeaving(owner: object, needed: boolean): void {
  if (needed) guarding.add(owner)
  else guarding.delete(owner)
  if (guarding.size > 0) window.addEventListener('beforeunload', ask)
  else window.removeEventListener('beforeunload', ask)
}
