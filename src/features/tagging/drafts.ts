import { type TagField, tagFields, type TagValues } from './tag-values.ts'

/** What somebody typed and has not saved, and the state of the tag that they began from. */
export type Draft = {
  readonly values: TagValues
  /** Null for a tag that is yet to be made. */
  readonly base: { readonly etag: string; readonly values: TagValues } | null
}

/** One for each person: nobody gets to see what somebody else typed in the same tab. */
function keyOf(userId: string, tagId: string): string {
  return `wavedeck-tag-draft:${userId}:${tagId}`
}

/** Keeps it for as long as the tab is there: over a reload, and over signing in again. */
export function keepDraft(userId: string, tagId: string, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(userId, tagId), JSON.stringify(draft))
  } catch {
    // Storage is closed to us, or full: the form itself still has it.
  }
}

export function dropDraft(userId: string, tagId: string): void {
  try {
    sessionStorage.removeItem(keyOf(userId, tagId))
  } catch {
    // As above.
  }
}

export function findDraft(userId: string, tagId: string): Draft | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(keyOf(userId, tagId)) ?? 'null')
    return isDraft(found) ? found : null
  } catch {
    return null
  }
}

function isDraft(found: unknown): found is Draft {
  if (typeof found !== 'object' || found === null) return false
  const { values, base } = found as { values?: unknown; base?: unknown }
  if (!areValues(values)) return false
  if (base === null) return true
  if (typeof base !== 'object' || base === undefined) return false
  const { etag, values: before } = base as { etag?: unknown; values?: unknown }
  return typeof etag === 'string' && areValues(before)
}

const fits: Record<TagField, (value: unknown) => boolean> = {
  title: isText,
  name: isText,
  description: isText,
  color: isText,
  isCategory: (value) => typeof value === 'boolean',
  adminRoles: areTexts,
  visitorRoles: areTexts,
}

function areValues(found: unknown): found is TagValues {
  if (typeof found !== 'object' || found === null) return false
  return tagFields.every((field) => fits[field](Reflect.get(found, field)))
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}
