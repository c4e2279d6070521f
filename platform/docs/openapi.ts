import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/** What this project uses of OpenAPI 3.1, and no more. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
}

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

export type Media = {
  readonly schema?: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, Ref<{ readonly value: unknown }>>>
}

export type Body = {
  readonly required?: boolean
  readonly content: Readonly<Record<string, Media>>
}

export type Answer = {
  readonly description: string
  readonly headers?: Readonly<Record<string, { description?: string; schema: Schema }>>
  readonly content?: Readonly<Record<string, Media>>
}

type Ref<T> = T | { readonly $ref: string }

const methods = ['options', 'head', 'get', 'post', 'put', 'patch', 'delete'] as const
type Method = (typeof methods)[number]

type RawOperation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly Ref<Parameter>[]
  readonly requestBody?: Ref<Body>
  readonly responses: Readonly<Record<string, Ref<Answer>>>
}

type PathItem = { readonly parameters?: readonly Ref<Parameter>[] } & {
  readonly [method in Method]?: RawOperation
}

export type Contract = {
  readonly info: { title: string; version: string; summary: string; description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** An operation with everything it refers to in its place; only schemas go on referring to each other. */
export type Operation = Omit<RawOperation, 'parameters' | 'requestBody' | 'responses'> & {
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Body | null
  readonly responses: Readonly<Record<string, Answer>>
}

/** The contract that this platform was built with. */
export function readContract(): Contract {
  const file = path.resolve(import.meta.dirname, '../../api/openapi.yaml')
  return parse(readFileSync(file, 'utf8'))
}

/** @throws where a reference leads nowhere, which the check of the contract finds before anybody else */
export function follow<T extends object>(contract: Contract, thing: Ref<T>): T {
  if (!('$ref' in thing) || typeof thing.$ref !== 'string') return thing as T
  let found: unknown = contract
  for (const step of thing.$ref.split('/').slice(1)) {
    found = (found as Record<string, unknown> | undefined)?.[step]
  }
  if (found === undefined) throw new Error(`The contract has no ${thing.$ref}`)
  return found as T
}

export function operationsOf(contract: Contract): Operation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const raw = item[method]
      if (raw === undefined) return []
      const { parameters = [], requestBody, responses, ...rest } = raw
      return {
        ...rest,
        method: method.toUpperCase(),
        path,
        parameters: [...(item.parameters ?? []), ...parameters].map((one) => follow(contract, one)),
        body: requestBody === undefined ? null : follow(contract, requestBody),
        responses: Object.fromEntries(
          Object.entries(responses).map(([status, one]) => [status, follow(contract, one)]),
        ),
      }
    }),
  )
}
