/** Whether ⌘ is the key that others call Ctrl. */
export const isMac = /mac|iphone|ipad/i.test(navigator.platform)
