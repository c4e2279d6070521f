/** Replaces what stands from `start` up to `end`: UTF-16 offsets into the text, byte order mark included. */
export type TextEdit = { start: number; end: number; text: string }

/** One step of a fix. Each sees the bundle as the steps before it left it. */
export type Change =
  /** Changes a UTF-8 text file; everything outside of the edits stays, line ends included. */
  | { kind: 'edit'; path: string; edits: TextEdit[] }
  /** Removes files, and folders with everything in them. */
  | { kind: 'remove'; paths: string[] }
  /** Makes a folder the root; nothing may be outside of it. */
  | { kind: 'reroot'; folder: string }
  /** Renames a file. The same name on both sides marks it as UTF-8, which rewriting always does. */
  | { kind: 'rename'; from: string; to: string }

/** A change to a bundle that resolves a finding. Plain data: it can be sent and stored. */
export type Fix = {
  /** What it does, as on a button: `Change Version to "1.2.0"`. */
  title: string
  changes: Change[]
}

/** A change doesn't fit the bundle: it was made for another one, or before another change. */
export class ChangeError extends Error {}

/** The text with the edits made. Throws a ChangeError where they overlap or lie outside of it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length)
      throw new ChangeError('The fix was made for another text. Inspect the bundle again.')
    pieces.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  pieces.push(text.slice(at))
  return pieces.join('')
}
