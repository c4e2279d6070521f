import { error, warning } from '../finding.ts'
import type { ValueSource } from './manifest.ts'
import type { Section } from './table.ts'

type SourceKey = 'Value' | 'Secret' | 'SecretKey' | 'Optional'

/**
 * Reads where an `[[Env]]` or `[[File]]` entry takes its value from: either Value, or Secret with
 * SecretKey. Null, with a finding, when that isn't clear. `code` is the findings' prefix.
 */
export function readValueSource<Key extends string>(
  section: Section<Key | SourceKey>,
  code: 'env' | 'file',
): ValueSource | null {
  const value = section.string('Value')
  const secret = section.text('Secret')
  const secretKey = section.text('SecretKey')
  const optional = section.boolean('Optional')
  const hasValue = section.has('Value')
  const hasSecret = section.has('Secret') || section.has('SecretKey')
  if (hasValue && hasSecret) {
    section.report(
      error(
        `${code}.source-conflict`,
        'It has both a Value and a Secret. Remove one of them.',
        section.place(section.has('Secret') ? 'Secret' : 'SecretKey'),
      ),
    )
    return null
  }
  if (hasValue) {
    if (optional !== null) {
      section.report(
        warning(
          `${code}.optional-unused`,
          'Optional has an effect only with a Secret. Remove it.',
          section.place('Optional'),
        ),
      )
    }
    return value === null ? null : { value }
  }
  if (!hasSecret) {
    section.report(
      error(
        `${code}.source-missing`,
        'It has no value. Add a Value, or a Secret and its SecretKey.',
        section.place(),
      ),
    )
    return null
  }
  if (secret === null || secretKey === null) {
    const missing = secret === null ? 'Secret' : 'SecretKey'
    // A value of a wrong type is reported already.
    const raw = section.raw(missing)
    if (raw === undefined || typeof raw === 'string') {
      section.report(
        error(
          `${code}.secret-incomplete`,
          `${missing} is missing: a secret is named by Secret and SecretKey together.`,
          section.place(),
        ),
      )
    }
    return null
  }
  return { secret, secretKey, optional: optional ?? false }
}
