/** A word of a line, unquoted, and where it starts there. */
export type Word = { text: string; index: number }

/** An option by its long spelling; `index` is where its value starts, or the option where it has none. */
export type LineOption = { name: string; value: string | null; index: number }

export type LineOptions = {
  options: LineOption[]
  /** Words that belong to no option. pip ignores them. */
  rest: Word[]
  problem: OptionProblem | null
}

/** `certain`: every pip stops here, whatever its version. */
export type OptionProblem = { index: number; message: string; certain: boolean }

const WITH_VALUE = new Set([
  '--index-url',
  '--pypi-url',
  '--extra-index-url',
  '--constraint',
  '--requirement',
  '--editable',
  '--find-links',
  '--no-binary',
  '--only-binary',
  '--all-releases',
  '--only-final',
  '--trusted-host',
  '--use-feature',
  '--hash',
  '--config-settings',
  '--config-setting',
  '--global-option',
])

const WITHOUT_VALUE = new Set([
  '--no-index',
  '--prefer-binary',
  '--require-hashes',
  '--no-require-hashes',
  '--pre',
])

const SHORT: Readonly<Record<string, string>> = {
  i: '--index-url',
  c: '--constraint',
  r: '--requirement',
  e: '--editable',
  f: '--find-links',
  C: '--config-settings',
}

const ALIASES: Readonly<Record<string, string>> = {
  '--pypi-url': '--index-url',
  '--config-setting': '--config-settings',
}

// Options of `pip install` that were never allowed inside a requirements file.
const COMMAND_LINE_ONLY = new Set(
  `--upgrade -U --user --no-deps --no-cache-dir --quiet -q --verbose -v --target -t --no-build-isolation
  --break-system-packages --ignore-installed -I --force-reinstall --proxy --timeout --retries --no-input -y
  --yes --upgrade-strategy --prefix --root --cache-dir --dry-run`.split(/\s+/),
)

/** What `--hash` takes. Source: pip's `STRONG_HASHES`. */
const HASHES: readonly string[] = ['sha256', 'sha384', 'sha512']

/**
 * Reads the options of a line as pip does: quotes and backslashes as in a shell, then options in
 * any order, long names cut short where they stay unambiguous.
 */
export function readOptions(text: string, start: number): LineOptions {
  const words = splitWords(text, start)
  if (words === null) {
    return failed(start, 'A quote is never closed, or the line ends with a backslash', true)
  }
  const options: LineOption[] = []
  const rest: Word[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === undefined) break
    if (word.text === '--') {
      rest.push(...words.slice(at + 1))
      break
    }
    if (!word.text.startsWith('-') || word.text === '-') {
      rest.push(word)
      continue
    }
    const option = readOption(word)
    if (option === null) return failed(word.index, ...unknown(word.text))
    if (!option.takesValue && option.value !== null) {
      return failed(word.index, `"${option.name}" takes no value`, true)
    }
    if (option.takesValue && option.value === null) {
      const next = words[++at]
      if (next === undefined) return failed(word.index, `"${option.name}" lacks its value`, true)
      option.value = next.text
      option.index = next.index
    }
    const wrong = checkValue(option.name, option.value ?? '')
    if (wrong !== null) return failed(option.index, wrong, true)
    options.push({ name: option.name, value: option.value, index: option.index })
  }
  return { options, rest, problem: null }
}

function failed(index: number, message: string, certain: boolean): LineOptions {
  return { options: [], rest: [], problem: { index, message, certain } }
}

function unknown(word: string): [message: string, certain: boolean] {
  const name = word.startsWith('--') ? (word.split('=', 1)[0] ?? word) : word.slice(0, 2)
  const shown = name.length > 40 ? `${name.slice(0, 39)}…` : name
  return COMMAND_LINE_ONLY.has(name)
    ? [`"${shown}" belongs on pip's command line and isn't allowed in a requirements file`, true]
    : [`"${shown}" is no option that pip knows in a requirements file`, false]
}

function readOption(word: Word): (LineOption & { takesValue: boolean }) | null {
  const { text, index } = word
  if (!text.startsWith('--')) {
    const name = SHORT[text.charAt(1)]
    if (name === undefined) return null
    const value = text.length > 2 ? text.slice(2) : null
    return { name, value, index: value === null ? index : index + 2, takesValue: true }
  }
  const equals = text.indexOf('=')
  const written = equals < 0 ? text : text.slice(0, equals)
  const name = longName(written)
  if (name === null) return null
  const value = equals < 0 ? null : text.slice(equals + 1)
  return {
    name: ALIASES[name] ?? name,
    value,
    index: value === null ? index : index + equals + 1,
    takesValue: WITH_VALUE.has(name),
  }
}

function longName(written: string): string | null {
  if (WITH_VALUE.has(written) || WITHOUT_VALUE.has(written)) return written
  const longer = [...WITH_VALUE, ...WITHOUT_VALUE].filter((name) => name.startsWith(written))
  const meant = new Set(longer.map((name) => ALIASES[name] ?? name))
  const [only] = meant
  return meant.size === 1 && written.length > 2 ? (only ?? null) : null
}

function checkValue(name: string, value: string): string | null {
  if (name === '--hash') {
    const colon = value.indexOf(':')
    if (colon < 0) return '--hash takes an algorithm and a digest, such as sha256:2c26b4…'
    if (!HASHES.includes(value.slice(0, colon))) {
      return `--hash takes ${HASHES.join(', ')}, and no other algorithm`
    }
  }
  if (name === '--config-settings' && !value.includes('=')) {
    return '--config-settings takes KEY=VALUE'
  }
  return null
}

/** Words of a line that are read; a requirement with all its hashes has some hundred. */
const MAX_WORDS = 1000

/** Splits as Python's `shlex.split`; null where a quote or escape is never finished. */
function splitWords(text: string, start: number): Word[] | null {
  const words: Word[] = []
  let word: Word | null = null
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (quote === '' && ' \t\r\n'.includes(character)) {
      if (word !== null) words.push(word)
      word = null
      if (words.length >= MAX_WORDS) return words
      continue
    }
    word ??= { text: '', index: at }
    if (character === '\\' && quote !== "'") {
      const next = text.charAt(++at)
      if (next === '') return null
      word.text += quote === '"' && next !== '"' && next !== '\\' ? `\\${next}` : next
    } else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (character === quote) quote = ''
    else word.text += character
  }
  if (quote !== '') return null
  if (word !== null) words.push(word)
  return words
}
