// Without this script the form works by its button. With it, choosing a file is enough.
document
  .getElementById('file')
  .addEventListener('change', ({ target }) => target.form.requestSubmit())
