import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addRecent, readRecent } from './recent.ts'

function storage(text: string | null = null) {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? text,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

const closed = {
  getItem: () => {
    throw new Error('closed')
  },
  setItem: () => {
    throw new Error('closed')
  },
}

test('what was chosen last comes first, and once', () => {
  const store = storage()
  for (const id of ['a', 'b', 'a', 'c']) addRecent(store, 'user', id)
  expect(readRecent(store, 'user')).toEqual(['c', 'a', 'b'])
})

test('each person has their own', () => {
  const store = storage()
  addRecent(store, 'user', 'a')
  addRecent(store, null, 'b')
  expect(readRecent(store, 'user')).toEqual(['a'])
  expect(readRecent(store, null)).toEqual(['b'])
  expect(readRecent(store, 'author')).toEqual([])
})

test('it never grows beyond twenty, nor takes what is no id', () => {
  const store = storage()
  for (let n = 0; n < 100; n += 1) addRecent(store, 'user', `id-${n}`)
  addRecent(store, 'user', 'x'.repeat(10_000))
  expect(readRecent(store, 'user')).toHaveLength(20)
  expect(readRecent(store, 'user')[0]).toBe('id-99')
})

test.each(['', '{', 'null', '17', '{"0":"a"}', '[1,null,{},[""],""]'])(
  '%s in the storage counts as nothing',
  (text) => {
    expect(readRecent(storage(text), 'user')).toEqual([])
  },
)

test('any garbage gives a short list of short texts', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const ids = readRecent(storage(text), 'user')
      expect(ids.length).toBeLessThanOrEqual(20)
      expect(ids.every((id) => id.length > 0 && id.length <= 200)).toBe(true)
      expect(new Set(ids).size).toBe(ids.length)
    }),
  )
})

test('a storage that is closed is no failure', () => {
  addRecent(closed, 'user', 'a')
  expect(readRecent(closed, 'user')).toEqual([])
  addRecent(null, 'user', 'a')
  expect(readRecent(null, 'user')).toEqual([])
})
