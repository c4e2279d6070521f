import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Contract } from '../../platform/docs/openapi.ts'
import { referencePage } from '../../platform/docs/reference.ts'
import { contract, operations } from '../support/contract.ts'
import { startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

let platform: TestPlatform
let page: string
beforeAll(async () => {
  platform = await startTestPlatform()
  page = await (await fetch(`${platform.url}/docs/api`)).text()
})
afterAll(() => platform.end())

const idsOf = (text: string) => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)

describe('the API reference', () => {
  test('is a page without scripts, for everybody', async () => {
    const reply = await fetch(`${platform.url}/docs/api`)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Content-Type')).toBe('text/html; charset=UTF-8')
    expect(page).not.toMatch(/<script|\son\w+=|javascript:/i)
  })

  test('has every operation and every schema, and each once', () => {
    const ids = idsOf(page)
    const expected = [
      ...operations.map(({ operationId }) => operationId),
      ...Object.keys(contract.components.schemas).map((name) => `schema-${name}`),
    ]
    expect(expected.filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has every parameter and every status of an operation in its place', () => {
    for (const { operationId, parameters, responses } of operations) {
      const section = page.split(`<article id="${operationId}">`)[1]?.split('</article>')[0] ?? ''
      for (const { name } of parameters) expect(section).toContain(`<code>${name}</code>`)
      for (const status of Object.keys(responses)) {
        expect(section).toContain(`<code>${status === 'default' ? 'others' : status}</code>`)
      }
    }
  })

  test('leads nowhere that isn’t there', () => {
    const ids = idsOf(page)
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
  })

  test('takes whatever the contract says for text', () => {
    const evil = `"'><script>alert(1)</script>&lt;`
    const poisoned = (value: unknown): unknown => {
      if (typeof value === 'string') return evil
      if (Array.isArray(value)) return value.map(poisoned)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [
          key,
          ['$ref', 'in', 'type', 'tags', 'name'].includes(key) ? one : poisoned(one),
        ]),
      )
    }
    const made = referencePage(poisoned(contract) as Contract)('nonce')
    expect(made).not.toContain('<script')
    expect(made).not.toContain(`"'>`)
    expect(made.split('&lt;script&gt;').length).toBeGreaterThan(100)
    expect(made).toContain('&amp;lt;')
  })
})
