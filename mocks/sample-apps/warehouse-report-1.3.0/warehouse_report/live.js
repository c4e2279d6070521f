// Without this script the forms work by their buttons. With it, a change shows at once:
// the parts marked data-live are fetched again, the form keeps its focus.
let latest

addEventListener('input', ({ target }) => {
  const output = document.querySelector(`output[for="${target.id}"]`)
  if (output) output.value = target.value
})

addEventListener('change', ({ target }) => {
  if (target.form?.reportValidity()) void show(target.form)
})

async function show(form) {
  const address = new URL(form.action)
  address.search = new URLSearchParams(new FormData(form))
  latest?.abort()
  latest = new AbortController()
  try {
    const answer = await fetch(address, { signal: latest.signal })
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const next = fresh.getElementById(part.id)
      if (next) part.replaceWith(next)
    }
    history.replaceState(null, '', address)
  } catch (error) {
    if (error.name !== 'AbortError') form.submit()
  }
}
