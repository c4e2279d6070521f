import { type Html, html } from '../http/html.ts'
import { inline } from './prose.ts'
import type { Schema } from './openapi.ts'

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}

export function schemaAnchor(name: string): string {
  return `schema-${name}`
}

function code(value: unknown): Html {
  return html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`
}

function joined(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, index) => [index === 0 ? '' : between, part])}`
}

/** What kind of value it is, in a few words; a schema with a name of its own is linked. */
export function kindOf(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref)
    return html`<a href="#${schemaAnchor(name)}">${name}</a>`
  }
  if (schema.oneOf) return joined(schema.oneOf.map(kindOf), ' or ')
  if (schema.const !== undefined) return html`always ${code(schema.const)}`
  if (schema.enum) return joined(schema.enum.map(code), ', ')
  if (schema.items) return html`list of ${kindOf(schema.items)}`
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['anything'])
  const format = schema.format === undefined ? '' : ` (${schema.format})`
  return html`${types.join(' or ')}${format}`
}

/** The bounds that a value is held to. */
function boundsOf(schema: Schema): Html | null {
  const { minimum, maximum, minLength, maxLength, maxItems, pattern } = schema
  const bounds = [
    minimum === undefined ? null : html`at least ${minimum}`,
    maximum === undefined ? null : html`at most ${maximum}`,
    minLength === undefined ? null : html`at least ${minLength} characters`,
    maxLength === undefined ? null : html`at most ${maxLength} characters`,
    maxItems === undefined ? null : html`at most ${maxItems}`,
    pattern === undefined ? null : html`matches ${code(pattern)}`,
    schema.default === undefined ? null : html`default ${code(schema.default)}`,
    schema.examples === undefined ? null : html`such as ${joined(schema.examples.map(code), ', ')}`,
  ].filter((bound) => bound !== null)
  return bounds.length === 0 ? null : joined(bounds, ' · ')
}

type Field = {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
  readonly description?: string | undefined
}

/** One line for a parameter, a header or a property, with what is inside it below. */
export function fieldView({ name, schema, required, description }: Field): Html {
  const text = description ?? schema.description
  const bounds = boundsOf(schema)
  return html`<dt>
      <code>${name}</code><span class="kind">${kindOf(schema)}</span>${
        required ? html`<span class="needed">required</span>` : null
      }
    </dt>
    <dd>
      ${text === undefined ? null : html`<div>${inline(text)}</div>`}${
        bounds === null ? null : html`<div>${bounds}</div>`
      }${innerFields(schema)}
    </dd>`
}

/** The properties of an object, or of the objects in a list; null where there is nothing inside. */
export function innerFields(schema: Schema): Html | null {
  if (schema.items) return innerFields(schema.items)
  if (schema.oneOf) return html`${schema.oneOf.map(innerFields)}`
  if (schema.properties === undefined) return null
  const required = new Set(schema.required)
  return html`<dl>
    ${Object.entries(schema.properties).map(([name, one]) =>
      fieldView({ name, schema: one, required: required.has(name) }),
    )}
  </dl>`
}
