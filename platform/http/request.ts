import type { Context } from 'hono'
import type { z } from 'zod/mini'
import { Problem } from './problem.ts'

/** JSON bodies of this API are a handful of fields. */
const maxJsonBytes = 64 * 1024

type Schema<T> = { safeParse(value: unknown): z.core.util.SafeParseResult<T> }
type ObjectSchema<T> = Schema<T> & { readonly shape: object }

/** Numbers and booleans of a query arrive as text; what doesn't look like one stays text and fails the schema. */
function fromText(text: string): unknown {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return text
}

const oneOf = (text: string, isTyped: boolean) => (isTyped ? fromText(text) : text)

/**
 * The query, checked against the contract.
 *
 * @param typed the parameters that are not text
 * @param lists those that may be there several times
 * @throws {Problem} 400 with a violation for every parameter that is wrong
 */
export function readQuery<T>(
  c: Context,
  schema: Schema<T>,
  typed: readonly string[] = [],
  lists: readonly string[] = [],
): T {
  const raw = Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, texts]) => [
      name,
      lists.includes(name) ? texts : oneOf(texts[0] ?? '', typed.includes(name)),
    ]),
  )
  return check(schema, raw, 400, 'request.invalid-query', 'The query is not as the API takes it.')
}

/**
 * The JSON body, checked against the contract; an empty one counts as `{}`. A field that the contract doesn't have is
 * refused: taken without a word, a misspelt one would do something else than was asked.
 *
 * @throws {Problem} 400 for what is not JSON, 413 for too much of it, 422 with violations for wrong content
 */
export async function readBody<T>(c: Context, schema: ObjectSchema<T>): Promise<T> {
  const text = await limitedText(c)
  let value: unknown
  try {
    value = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new Problem(400, 'request.invalid-json', 'The body is not valid JSON.')
  }
  const title = 'The body is not as the API takes it.'
  const body = check(schema, value, 422, 'request.invalid-body', title)
  const unknown = Object.keys(Object(value)).filter((field) => !Object.hasOwn(schema.shape, field))
  if (unknown.length > 0) {
    const violations = unknown
      .slice(0, 10)
      .map((field) => ({ field: field.slice(0, 100), message: 'There is no such field' }))
    throw new Problem(422, 'request.invalid-body', title, { violations })
  }
  return body
}

/** The headers that the contract names, checked against it. */
export function readHeaders<T>(c: Context, schema: ObjectSchema<T>): T {
  const raw = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = c.req.header(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return check(schema, raw, 400, 'request.invalid-header', 'A header is not as the API takes it.')
}

/**
 * A body whose reader may stop early. Cancelled, it would take the connection with it, and the client would hear of a
 * reset instead of the reason; so the rest is left to the server, which reads it away within bounds.
 */
export function withoutCancelling(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return body.values({ preventCancel: true })
}

async function limitedText(c: Context): Promise<string> {
  const stream = c.req.raw.body
  if (stream === null) return ''
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of withoutCancelling(stream)) {
    size += chunk.length
    if (size > maxJsonBytes) {
      throw new Problem(413, 'request.too-large', `The body is larger than ${maxJsonBytes} bytes.`)
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function check<T>(
  schema: Schema<T>,
  value: unknown,
  status: number,
  code: string,
  title: string,
): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const violations = result.error.issues.map((issue) => ({
    field: issue.path.join('.') || '(body)',
    message: issue.message,
  }))
  throw new Problem(status, code, title, { violations })
}
