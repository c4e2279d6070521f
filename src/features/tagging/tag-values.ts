import type { FieldErrors, Resolver } from 'react-hook-form'
import type { TagChange, TagDetail, TagInput, Violation } from '../../api/generated/types.gen.ts'
import { zTagInput } from '../../api/generated/zod.gen.ts'
import { tagViolations } from '../../rules/tag-values.ts'

/** What of a tag can be edited. */
export type TagValues = Required<TagInput>
export type TagField = keyof TagValues

/** In the order in which the form has them. */
export const tagFields = [
  'title',
  'name',
  'description',
  'color',
  'isCategory',
  'visitorRoles',
  'adminRoles',
] as const satisfies readonly TagField[]

export const fieldWords: Record<TagField, string> = {
  title: 'Title',
  name: 'Name',
  description: 'Description',
  color: 'Colour',
  isCategory: 'Category',
  visitorRoles: 'Visitor roles',
  adminRoles: 'Admin roles',
}

export function valuesOf(tag: TagDetail): TagValues {
  const { name, title, color, description, isCategory, adminRoles, visitorRoles } = tag
  return { name, title, color, description, isCategory, adminRoles, visitorRoles }
}

export function sameValue(one: TagValues[TagField], other: TagValues[TagField]): boolean {
  // Nobody cares in which order roles stand.
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((role) => other.includes(role))
  }
  return one === other
}

/** What an edit changes, and nothing else: what somebody else changed beside it stays. */
export function changeOf(base: TagValues, values: TagValues): TagChange {
  const changed = tagFields.filter((field) => !sameValue(base[field], values[field]))
  return Object.fromEntries(changed.map((field) => [field, values[field]]))
}

/** Without the spaces around what was typed. */
export function tidied(values: TagValues): TagValues {
  return { ...values, title: values.title.trim(), description: values.description.trim() }
}

/** A title as a tag's name: letters without their marks, dashes for what lies between words. */
export function nameFrom(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
}

type Said = { tooShort?: string; tooLong?: string; otherwise: string }

const words: Record<TagField, Said> = {
  title: {
    tooShort: 'Give it a title.',
    tooLong: 'At most 100 characters.',
    otherwise: 'This can’t be a title.',
  },
  name: {
    tooShort: 'Give it a name.',
    tooLong: 'At most 63 characters.',
    otherwise: 'Letters, digits, “-”, “_” and “.”, with a letter or digit at both ends.',
  },
  color: { otherwise: 'Six hex digits after a “#”, such as #1f9d61.' },
  description: { tooLong: 'At most 500 characters.', otherwise: 'This can’t be a description.' },
  isCategory: { otherwise: 'Yes or no.' },
  adminRoles: { otherwise: 'At most 50 roles, of at most 100 characters each.' },
  visitorRoles: { otherwise: 'At most 50 roles, of at most 100 characters each.' },
}

function fieldOf(path: unknown): TagField | undefined {
  return tagFields.find((field) => field === path)
}

/** Holds what was typed against the contract's own schema, and the rules beyond it. */
export const tagResolver: Resolver<TagValues> = (values) => {
  const result = zTagInput.safeParse(tidied(values))
  const errors: FieldErrors<TagValues> = {}
  if (result.success) {
    for (const { field, message } of byField(tagViolations(tidied(values))).fields) {
      errors[field] ??= { type: 'violation', message: `${message}.` }
    }
    return Object.keys(errors).length === 0
      ? { values: tidied(values), errors: {} }
      : { values: {}, errors }
  }
  for (const { code, path } of result.error.issues) {
    const field = fieldOf(path[0])
    if (field === undefined || errors[field] !== undefined) continue
    const said = words[field]
    const message =
      code === 'too_small' ? said.tooShort : code === 'too_big' ? said.tooLong : undefined
    errors[field] = { type: code, message: message ?? said.otherwise }
  }
  return { values: {}, errors }
}

/** The platform's violations by field; what belongs to no field of the form stays a violation of the whole. */
export function byField(violations: readonly Violation[]): {
  fields: { field: TagField; message: string }[]
  rest: Violation[]
} {
  const named = violations.map((violation) => ({
    violation,
    // `adminRoles.3` is of the field too.
    field: fieldOf(violation.field.split(/[.[]/)[0]),
  }))
  return {
    fields: named.flatMap(({ field, violation }) =>
      field === undefined ? [] : [{ field, message: violation.message }],
    ),
    rest: named.flatMap(({ field, violation }) => (field === undefined ? [violation] : [])),
  }
}
