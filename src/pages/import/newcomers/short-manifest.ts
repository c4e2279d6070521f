type ManifestLine = {
  /** A section, or a key where there is a value. */
  code: string
  /** As TOML. */
  value?: string
  words: string
}

export const manifestLines: readonly ManifestLine[] = [
  { code: '[App]', words: 'What people see in the catalog.' },
  {
    code: 'Name',
    value: '"my-first-app"',
    words: 'Its name for good, in letters, digits, dots and hyphens. All its versions share it.',
  },
  {
    code: 'Version',
    value: '"0.1.0"',
    words: 'Raise it for each import. Name and version together must be new.',
  },
  { code: 'Title', value: '"My first app"', words: 'What stands on its card.' },
  { code: 'Description', value: '"Estimates rents."', words: 'One sentence below the title.' },
  { code: '[Runtime]', words: 'How it runs.' },
  {
    code: 'AppMode',
    value: '"python"',
    words: 'Your own web server, on the port that the variable PORT says. Wave apps leave it out.',
  },
  { code: 'Module', value: '"app"', words: 'Starts app.py, as “python3 -m app” would.' },
]

/** The same as a file. */
export const shortManifest = manifestLines
  .map(({ code, value }) =>
    value === undefined ? `${code === '[App]' ? '' : '\n'}${code}\n` : `${code} = ${value}\n`,
  )
  .join('')
