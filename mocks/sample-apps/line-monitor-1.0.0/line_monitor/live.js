// Without this script the page loads itself anew. With it, each event brings the parts that changed.
const { stream } = document.querySelector('.results').dataset
const state = document.getElementById('state')

if (stream) {
  const events = new EventSource(stream)
  events.addEventListener('message', ({ data }) => {
    const parts = JSON.parse(data)
    for (const [place, html] of Object.entries(parts))
      document.querySelector(place).innerHTML = html
    state.textContent = 'live'
    state.className = 'badge ok'
  })
  events.addEventListener('error', () => {
    state.textContent = 'connecting'
    state.className = 'badge wait'
  })
  // Holds the second that is shown, not the one in which the page was loaded.
  document.getElementById('hold').addEventListener('click', ({ currentTarget }) => {
    const shown = new Date(document.getElementById('clock').textContent.replace(',', ''))
    const address = new URL(currentTarget.href)
    address.searchParams.set('at', shown.toISOString().slice(0, 19))
    currentTarget.href = address
  })
}
addEventListener('change', ({ target }) => target.form?.submit())
