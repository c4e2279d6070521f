/**
 * After a change that took the pressed button with it, the focus goes to the tab that is shown, rather than nowhere.
 * Whoever has gone on elsewhere meanwhile stays there.
 */
export function focusShownTab(): void {
  const tab = document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')
  const panel = document.querySelector('[role="tabpanel"]')
  const active = document.activeElement
  if (active === document.body || (active !== null && panel?.contains(active))) tab?.focus()
}
