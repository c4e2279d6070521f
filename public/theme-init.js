/* Sets the theme before the first paint. Blocking and external on purpose: the Content-Security-Policy forbids inline
   scripts. The key is `themeStorageKey` of src/app/theme.ts. */
;(function () {
  var mode = null
  try {
    mode = localStorage.getItem('wavedeck-theme')
  } catch {
    // Storage may be closed to us; then the system decides.
  }
  var dark =
    mode === 'dark' || (mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-theme', dark ? 'dark' : 'light')
})()
