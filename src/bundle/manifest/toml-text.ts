import type { Place } from '../finding.ts'

// What JSON leaves as it is, but can't be shown, or not be written in TOML.
const UNSHOWN = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A text as TOML writes it in double quotes, with everything escaped that can't be shown. */
export function tomlText(text: string): string {
  return JSON.stringify(text).replace(
    UNSHOWN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Longer fixes can't be shown, and are of no use. */
const MAX_FIX = 300

/** The fix that writes a key with this value; none where it is too long. */
export function fixOf(key: string, value: string): Pick<Place, 'fix'> {
  const fix = `${key} = ${value}`
  return fix.length > MAX_FIX ? {} : { fix }
}
