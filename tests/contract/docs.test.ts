import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseExplanations, readExplanations } from '../../platform/docs/explanations.ts'
import { findingsPage } from '../../platform/docs/findings-page.ts'
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

describe('the explanations of findings', () => {
  const { chapters } = parseExplanations(readExplanations())
  const codes = chapters.flatMap(({ explanations }) => explanations.map(({ code }) => code))
  let findings: string
  beforeAll(async () => {
    findings = await (await fetch(`${platform.url}/docs/findings`)).text()
  })

  test('are a page without scripts, for everybody, under the strict policy', async () => {
    const reply = await fetch(`${platform.url}/docs/findings`)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Content-Type')).toBe('text/html; charset=UTF-8')
    const policy = reply.headers.get('Content-Security-Policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
    expect(policy).toContain("default-src 'none'")
    expect(await reply.text()).toContain(`<style nonce="${nonce}">`)
    expect(findings).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:/i)
  })

  test('have an anchor for every code, in the contents too, and lead nowhere that isn’t there', () => {
    const ids = idsOf(findings)
    const targets = [...findings.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    const [contents = ''] = /<nav.*<\/nav>/s.exec(findings) ?? []
    expect(codes.filter((code) => !ids.includes(code))).toEqual([])
    expect(codes.filter((code) => !contents.includes(`href="#${code}"`))).toEqual([])
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('say how severe a finding is, what to do, and give examples as they were written', () => {
    const article = (code: string) =>
      findings.split(`<article id="${code}">`)[1]?.split('</article>')[0] ?? ''
    expect(article('manifest.title-missing')).toContain('<span class="advice">advice</span>')
    expect(article('requirements.conflict')).toMatch(/>error<.*>warning</s)
    expect(article('runtime.image-invalid')).toContain(
      '# before\nCustomImage = &quot;https://images.example.com/My-App&quot;\n# after\n',
    )
    for (const code of codes) expect(article(code)).toContain('<strong>What to do.</strong>')
  })

  test('take markup for text', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const text = `# ${evil}\n\n${evil}\n\n## ${evil}\n\n### a.b\n\n**Error.** ${evil} \`${evil}\`\n\n    ${evil}\n`
    const made = findingsPage(text)('nonce')
    expect(made).not.toContain('<img')
    expect(made.split('&lt;img src=x').length).toBeGreaterThan(6)
  })
})
