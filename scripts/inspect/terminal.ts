import { styleText } from 'node:util'

export type Style = Exclude<Parameters<typeof styleText>[0], readonly unknown[]>

/** Coloured where standard output shows colours: `styleText` honours NO_COLOR, FORCE_COLOR and pipes. */
export function paint(style: Style | Style[], text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** Columns to write in: the terminal's, or what COLUMNS says; unlimited in pipes and files. */
export function terminalWidth(): number {
  const { columns } = process.stdout
  const told = columns > 0 ? columns : Number(process.env['COLUMNS'])
  return told > 0 ? Math.max(40, Math.min(told, 120)) : Infinity
}

// Controls, what turns the reading direction around, and what is invisible.
const UNPRINTABLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu

/**
 * Text that can't steer the terminal: each sign that can't be shown becomes one that can.
 *
 * @param limit UTF-16 units that are kept
 */
export function printable(text: string, limit = 2000): string {
  const kept = text.length > limit ? `${text.slice(0, limit - 1)}…` : text
  return kept.replace(UNPRINTABLE, (sign) => {
    const code = sign.charCodeAt(0)
    if (sign === '\t') return ' '
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u{fffd}'
  })
}

/** Lines of at most `width` columns, broken between words; a word that is longer stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(' ')) {
    const columns = columnsOf(word)
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line)
      line = word
      used = columns
    } else {
      line += line === '' ? word : ` ${word}`
      used += columns + (line === word ? 0 : 1)
    }
  }
  return [...lines, line]
}

// East Asian wide and emoji take two columns; marks on the sign before them take none.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const NARROW = /[\p{Mn}\p{Me}\ufe0f]/u

/** The columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const sign of text) columns += NARROW.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1
  return columns
}
