import fc from 'fast-check'
import { follow, type Operation, type Parameter, type Schema } from '../../platform/docs/openapi.ts'
import { encodePageToken } from '../../platform/http/page.ts'
import { contract, operations } from './contract.ts'

/** What programs trip over: nothing here is of any contract. */
const hostileValues = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  0.5,
  1e300,
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202egnp.exe',
  '\r\nX-Injected: 1',
  "'; drop table apps; --",
  '%',
  '${7*7}',
  'x'.repeat(5_000),
  'x'.repeat(70_000),
  [],
  {},
  JSON.parse('{"__proto__":{"admin":true},"constructor":1}'),
  JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
)

const hostileSegments = fc.constantFrom(
  '',
  '.',
  '..',
  '%2e%2e',
  '%2E%2e%2f',
  '..%2f..%2fetc%2fpasswd',
  '%5c..%5c',
  '%00',
  'app.toml%00.png',
  '%ff',
  '%',
  '%zz',
  '%25',
  '%252e%252e',
  '%0d%0aX-Injected:%201',
  '%E2%80%AE',
  'a;b=c',
  '*',
  ':appId',
  '-1',
  '99999999999999999999',
  'NaN',
  'x'.repeat(3_000),
)

/** Values of a schema; `hostile` out of a hundred are something else, at any depth. */
export function valuesOf(schema: Schema, hostile: number): fc.Arbitrary<unknown> {
  const right = rightValues(follow(contract, schema), hostile)
  return hostile === 0
    ? right
    : fc.oneof(
        { weight: 100 - hostile, arbitrary: right },
        { weight: hostile, arbitrary: hostileValues },
      )
}

function rightValues(schema: Schema, hostile: number): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((one) => valuesOf(one, hostile)))
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => rightValues({ ...schema, type }, hostile)))
  }
  switch (schema.type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? 0,
        max: Math.min(schema.maximum ?? 1_000, 10_000),
      })
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, hostile), { maxLength: 4 })
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, one]) => [
            name,
            valuesOf(one, hostile),
          ]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      )
    default:
      return texts(schema)
  }
}

function texts({ pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    return fc
      .stringMatching(new RegExp(pattern))
      .map((text) => text.slice(0, Math.min(maxLength, 63)))
  }
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) })
}

/** One thing to put into a place of a path: a known one by its number, or what stands there. */
export type Place = { readonly known: number } | { readonly raw: string }

export type FuzzRequest = {
  readonly operationId: string
  readonly method: string
  readonly who: number
  readonly places: Readonly<Record<string, Place>>
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  /** For bodies that are no JSON, and for JSON that is broken. */
  readonly rawBody: number
}

const places: fc.Arbitrary<Place> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ known: fc.nat(1_000) }) },
  { weight: 1, arbitrary: fc.record({ raw: hostileSegments }) },
  { weight: 1, arbitrary: fc.record({ raw: fc.string({ unit: 'grapheme' }).map(encodeSafely) }) },
)

function encodeSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** Header values that HTTP can carry at all. */
function carried(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, 4_000)
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.toWellFormed().slice(0, 6_000)
}

/** Of the form that the platform gives out, wherever they may lead. */
const pageTokens = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('relevance', 'title', 'newest', 'launched', '0', '-1e400', 'NaN'),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((values) => encodePageToken(values))

function ofKind(
  operation: Operation,
  kind: Parameter['in'],
): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(
      operation.parameters
        .filter((parameter) => parameter.in === kind)
        .map(({ name, schema }) => [
          name,
          name === 'pageToken' ? fc.oneof(pageTokens, valuesOf(schema, 8)) : valuesOf(schema, 8),
        ]),
    ),
    { requiredKeys: [] },
  )
}

/** What is sent along with most requests, rightly or not. */
const extras: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'Content-Type': 'text/html' },
      { 'Content-Type': '' },
      { 'Content-Type': 'application/json; charset=utf-16' },
      { 'Content-Type': 'multipart/form-data' },
      { 'Content-Encoding': 'gzip' },
      { Origin: 'null' },
      { Origin: 'http://elsewhere.example' },
      { 'X-Wavedeck-Request': '0' },
      { 'X-HTTP-Method-Override': 'DELETE' },
      { Cookie: 'wavedeck_session=%00; wavedeck_session=' },
      { Range: 'bytes=0-1' },
      { 'If-Match': '*' },
    ),
  },
)

function requestsOf(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const schema = operation.body?.content['application/json']?.schema
  return fc.record({
    operationId: fc.constant(operation.operationId),
    method: fc.oneof(
      { weight: 30, arbitrary: fc.constant(operation.method) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PURGE'),
      },
    ),
    who: fc.nat(1_000),
    places: fc.record(Object.fromEntries(names.map((name) => [name, places]))),
    query: ofKind(operation, 'query').map((values) =>
      Object.entries(values).flatMap(([name, value]) =>
        // A parameter that takes several values is there several times.
        (Array.isArray(value) ? value : [value]).map((one): [string, string] => [
          name,
          asText(one),
        ]),
      ),
    ),
    headers: fc.tuple(ofKind(operation, 'header'), extras).map(([own, more]) => ({
      'X-Wavedeck-Request': '1',
      ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, carried(value)])),
      ...more,
    })),
    body: schema ? valuesOf(schema, 6) : fc.constant(undefined),
    rawBody: fc.nat(99),
  })
}

export const fuzzRequests: fc.Arbitrary<FuzzRequest> = fc.oneof(...operations.map(requestsOf))
