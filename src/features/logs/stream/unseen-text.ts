const encoder = new TextEncoder()

/**
 * What of a text is new, where it ends at byte `end` of the log and everything before `position` was read; null:
 * nothing. A connection goes on where the last one stopped; this holds even if something repeats what it sent.
 */
export function unseenText(
  text: string,
  end: number,
  position: number | null,
): { text: string; start: number } | null {
  if (position !== null && end <= position) return null
  const bytes = encoder.encode(text)
  const start = end - bytes.length
  if (position === null) return { text, start: Math.max(0, start) }
  if (start === position) return { text, start }
  // What is no UTF-8 arrives as U+FFFD, three bytes for each that was one to three.
  const replaced = text.split('\u{fffd}').length - 1
  if (start <= position && position <= start + replaced * 2) return { text, start: position }
  if (start > position) return { text, start }
  return { text: new TextDecoder().decode(bytes.subarray(position - start)), start: position }
}
