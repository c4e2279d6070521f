import { expect, test } from 'vitest'
import { byField, changeOf, nameFrom, tagResolver, type TagValues } from './tag-values.ts'

const good: TagValues = {
  name: 'north',
  title: 'North',
  color: '#225577',
  description: '',
  isCategory: false,
  adminRoles: [],
  visitorRoles: [],
}

async function messagesOf(values: Partial<TagValues>): Promise<Record<string, unknown>> {
  const options = { fields: {}, shouldUseNativeValidation: false }
  const { errors } = await tagResolver({ ...good, ...values }, undefined, options)
  return Object.fromEntries(Object.entries(errors).map(([field, error]) => [field, error.message]))
}

test.each([
  [{}, {}],
  [{ title: '   ' }, { title: 'Give it a title.' }],
  [{ title: 'x'.repeat(101) }, { title: 'At most 100 characters.' }],
  [{ name: '' }, { name: 'Give it a name.' }],
  [{ name: 'x'.repeat(64) }, { name: 'At most 63 characters.' }],
  [{ color: 'red' }, { color: 'Six hex digits after a “#”, such as #1f9d61.' }],
  [
    { adminRoles: ['x'.repeat(101)] },
    { adminRoles: 'At most 50 roles, of at most 100 characters each.' },
  ],
])('%o', async (values, messages) => {
  expect(await messagesOf(values)).toEqual(messages)
})

test.each(['-a', 'a-', 'a b', 'ä', '../x', '<b>', 'a\u0000'])('“%s” is no name', async (name) => {
  expect(await messagesOf({ name })).toEqual({
    name: 'Letters, digits, “-”, “_” and “.”, with a letter or digit at both ends.',
  })
})

test('an edit carries what it changes', () => {
  expect(changeOf(good, { ...good, title: 'Nord', adminRoles: [] })).toEqual({ title: 'Nord' })
  expect(changeOf(good, { ...good })).toEqual({})
})

test.each([
  ['Open source', 'open-source'],
  ['  Größe & Maß!  ', 'gro-e-ma'],
  ['Żółw', 'zo-w'],
  ['日本', ''],
  ['x'.repeat(80), 'x'.repeat(63)],
])('the name for “%s”', (title, name) => {
  expect(nameFrom(title)).toBe(name)
})

test('the platform’s violations find their fields', () => {
  const { fields, rest } = byField([
    { field: 'name', message: 'Taken' },
    { field: 'visitorRoles.2', message: 'Empty' },
    { field: 'etag', message: 'Odd' },
  ])
  expect(fields).toEqual([
    { field: 'name', message: 'Taken' },
    { field: 'visitorRoles', message: 'Empty' },
  ])
  expect(rest).toEqual([{ field: 'etag', message: 'Odd' }])
})
