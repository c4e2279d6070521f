const key = 'wavedeck-reloaded-at'
const guardMs = 30_000

/**
 * After a deployment, code that this page still knows by its old name is gone. One reload fetches the new page; if
 * that doesn't help within half a minute, the error goes to the route's boundary instead of reloading for ever.
 *
 * @returns whether the page is being reloaded, so that nothing else is worth saying
 */
export function reloadOnceOnMissingCode(now: () => number = Date.now): () => boolean {
  let isReloading = false
  window.addEventListener('vite:preloadError', (event) => {
    // A page that can't be had again is worth keeping.
    if (!navigator.onLine) return
    try {
      const last = Number(sessionStorage.getItem(key) ?? 0)
      if (now() - last < guardMs) return
      sessionStorage.setItem(key, String(now()))
    } catch {
      // Without storage there is no guard, so no reload either.
      return
    }
    event.preventDefault()
    isReloading = true
    window.location.reload()
  })
  return () => isReloading
}
