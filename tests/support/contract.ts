import { isDeepStrictEqual } from 'node:util'
import {
  type Answer,
  type Operation,
  operationsOf,
  readContract,
} from '../../platform/docs/openapi.ts'
import * as generated from '../../src/api/generated/zod.gen.ts'

export const contract = readContract()
export const operations = operationsOf(contract)

type Parsed = { success: true; data: unknown } | { success: false; error: { message: string } }
type Validator = { safeParse(value: unknown): Parsed }

const patterns = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** @param path below `/api/v1`, with or without a query */
export function findOperation(method: string, path: string): Operation | undefined {
  const [pathname = ''] = path.split('?')
  const here = patterns.filter(({ pattern }) => pattern.test(pathname))
  const named = (asked: string) =>
    here.find(({ operation }) => operation.method === asked)?.operation
  // Where HEAD is no operation of its own, it is GET without the body.
  return named(method) ?? (method === 'HEAD' ? named('GET') : undefined)
}

/** The statuses that the operation names one by one, errors only. */
export function documentedErrors(operation: Operation): number[] {
  return Object.keys(operation.responses)
    .map(Number)
    .filter((status) => status >= 400)
}

function validator(operationId: string): Validator {
  const name = `z${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Response`
  const found = (generated as Readonly<Record<string, unknown>>)[name]
  if (typeof found !== 'object' || found === null || !('safeParse' in found)) {
    throw new Error(`There is no generated schema ${name}`)
  }
  return found as Validator
}

/**
 * Holds an answer against the contract: its status is named there, its kind of content and its headers are
 * documented, its body has the documented fields and no others.
 *
 * @throws with everything that is wrong about it
 */
export async function checkResponse(
  method: string,
  path: string,
  response: Response,
): Promise<void> {
  const wrongs = await complaints(method, path, response)
  if (wrongs.length === 0) return
  throw new Error(`${method} ${path} answered ${response.status}, but ${wrongs.join('; ')}`)
}

async function complaints(method: string, path: string, response: Response): Promise<string[]> {
  const operation = findOperation(method, path)
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? null
  if (response.status >= 400) {
    const body = method === 'HEAD' ? null : await json(response)
    const answer = operation?.responses[response.status]
    return [
      ...(answer === undefined ? [] : headerComplaints(answer, response)),
      ...problemComplaints(response, type, body),
      ...(operation === undefined
        ? unroutedComplaints(response.status, body)
        : answer !== undefined
          ? []
          : [`the contract doesn't name this status (${JSON.stringify(body)})`]),
    ]
  }
  if (operation === undefined) return ["the contract doesn't have this address"]
  const answer = operation.responses[response.status]
  if (answer === undefined) return ["the contract doesn't name this status"]
  return [
    ...headerComplaints(answer, response),
    ...(await contentComplaints(operation.operationId, answer, method, type, response)),
  ]
}

function problemComplaints(response: Response, type: string | null, body: unknown): string[] {
  const wrongs = type === 'application/problem+json' ? [] : [`it is ${type}, not a problem`]
  if (body === null) return wrongs
  const parsed = generated.zProblem.safeParse(body)
  if (!parsed.success) return [...wrongs, parsed.error.message]
  const { status, requestId } = parsed.data
  if (status !== response.status) wrongs.push(`the body says ${status}`)
  if (requestId !== response.headers.get('X-Request-Id')) wrongs.push('the request ids differ')
  if (!isDeepStrictEqual(parsed.data, body)) wrongs.push('it has fields of no problem')
  return wrongs
}

/** Where nothing is, only that is said; what may not be sent at all is refused before anybody looks. */
function unroutedComplaints(status: number, body: unknown): string[] {
  if (body === null) return status === 404 ? [] : ["the contract doesn't have this address"]
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null
  const isRefused = status === 403 && String(code).startsWith('request.')
  return isRefused || (status === 404 && code === 'route.not-found')
    ? []
    : [`the contract doesn't have this address (${String(code)})`]
}

function headerComplaints({ headers = {} }: Answer, response: Response): string[] {
  return Object.keys(headers)
    .filter((name) => !response.headers.has(name))
    .map((name) => `the header ${name} is missing`)
}

async function contentComplaints(
  operationId: string,
  { content }: Answer,
  method: string,
  type: string | null,
  response: Response,
): Promise<string[]> {
  if (content === undefined) {
    const text = await response.clone().text()
    return text === '' && type === null ? [] : ['it has a body']
  }
  if (type === null || !(type in content)) return [`${type} is not documented`]
  // Binary contents are of no schema, and streams of no end.
  if (type !== 'application/json' || method === 'HEAD') return []
  const body = await json(response)
  const parsed = validator(operationId).safeParse(body)
  if (!parsed.success) return [parsed.error.message]
  return isDeepStrictEqual(parsed.data, body) ? [] : ['its body has fields of no documentation']
}

async function json(response: Response): Promise<unknown> {
  const text = await response.clone().text()
  try {
    return JSON.parse(text)
  } catch {
    return { notJson: text.slice(0, 200) }
  }
}
