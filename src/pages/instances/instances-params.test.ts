import { expect, test } from 'vitest'
import { formatInstancesParams, isFiltered, parseInstancesParams } from './instances-params.ts'

const parse = (query: string) => parseInstancesParams(new URLSearchParams(query))

test('what means nothing in an address is left out', () => {
  const params = parse('status=nonsense&visibility=EVERYBODY&sort=&outdated=1&log=')
  expect(formatInstancesParams(params)).toBe('?')
  expect(isFiltered(params)).toBe(false)
})

test('what is said in an address is said again, the default in no words', () => {
  const query = '?q=desk&status=paused&app=care&visibility=PRIVATE&outdated=true&sort=app&log=i+1'
  expect(formatInstancesParams(parse(query))).toBe(query)
  expect(formatInstancesParams(parse('status=all&sort=active&q=%20'))).toBe('?')
})
