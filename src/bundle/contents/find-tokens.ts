/** A secret that a text seems to hold. */
export type Token = {
  /** Completes "looks like …". */
  kind: string
  /** Its first characters, which tell nothing: the prefix that all of its kind have. */
  start: string
  /** Where it stands in the text. */
  index: number
}

type Kind = {
  kind: string
  /** What all of its kind begin with: a text without it isn't searched. */
  prefix: string
  pattern: RegExp
}

// Every pattern begins with its prefix and repeats one class, so that a search takes linear time.
const KINDS: readonly Kind[] = [
  { kind: 'an AWS access key', prefix: 'AKIA', pattern: /\bAKIA[A-Z2-7]{16}\b/g },
  { kind: 'a GitHub token', prefix: 'gh', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/g },
  { kind: 'a GitHub token', prefix: 'github_pat_', pattern: /\bgithub_pat_[A-Za-z0-9_]{50,}/g },
  { kind: 'a Slack token', prefix: 'xox', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,}/g },
  { kind: 'an Anthropic key', prefix: 'sk-ant-', pattern: /\bsk-ant-[A-Za-z0-9_-]{40,}/g },
  {
    kind: 'an OpenAI key',
    prefix: 'sk-',
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}|[A-Za-z0-9]{32,})/g,
  },
  { kind: 'a Google key', prefix: 'AIza', pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  { kind: 'a PyPI token', prefix: 'pypi-', pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,}/g },
  { kind: 'a Hugging Face token', prefix: 'hf_', pattern: /\bhf_[A-Za-z]{34}\b/g },
]

const KEY_BLOCK = /-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g
/** How far behind its first line a private key must begin. */
const KEY_REACH = 400

const PLACEHOLDER =
  /example|sample|placeholder|dummy|fake|your|xxxx|secret|redacted|123456|abcdef|(.)\1{4}/i
/** A random token of the shortest kind, 16 characters, has about a dozen different ones. */
const MIN_DIFFERENT = 8

/**
 * Finds what looks like a token or private key, in the order of the kinds; placeholders don't count.
 *
 * @param limit how many are looked for
 */
export function findTokens(text: string, limit: number): Token[] {
  const tokens: Token[] = []
  for (const { kind, prefix, pattern } of KINDS) {
    if (!text.includes(prefix)) continue
    for (const { 0: found, index } of text.matchAll(pattern)) {
      if (isPlaceholder(found)) continue
      if (tokens.length >= limit) return tokens
      tokens.push({ kind, start: found.slice(0, 4), index })
    }
  }
  if (!text.includes('PRIVATE KEY')) return tokens
  for (const { 0: found, index } of text.matchAll(KEY_BLOCK)) {
    const after = text.slice(index + found.length, index + found.length + KEY_REACH)
    const body = /[A-Za-z0-9+/]{40}/.exec(after)
    if (body === null || !isVaried(body[0])) continue
    if (tokens.length >= limit) return tokens
    tokens.push({ kind: 'a private key', start: found.slice(0, 4), index })
  }
  return tokens
}

function isPlaceholder(token: string): boolean {
  return PLACEHOLDER.test(token) || !isVaried(token)
}

function isVaried(text: string): boolean {
  return new Set(text).size >= MIN_DIFFERENT
}
