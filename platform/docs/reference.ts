import { type Html, html } from '../http/html.ts'
import { page } from './page.ts'
import { inline, prose } from './prose.ts'
import {
  type Answer,
  type Contract,
  follow,
  type Media,
  type Operation,
  operationsOf,
  type Parameter,
} from './openapi.ts'
import { fieldView, innerFields, kindOf, schemaAnchor } from './schema.ts'

const places: readonly [Parameter['in'], string][] = [
  ['path', 'In the path'],
  ['query', 'In the query'],
  ['header', 'Headers'],
]

/**
 * The API reference as one page without scripts.
 *
 * @returns the page for a nonce of the Content-Security-Policy that lets its styles in
 */
export function referencePage(contract: Contract): (nonce: string) => string {
  const base = contract.servers[0]?.url ?? ''
  const operations = operationsOf(contract)
  const sections = contract.tags.map((tag) => ({
    ...tag,
    operations: operations.filter((operation) => operation.tags.includes(tag.name)),
  }))
  const schemas = Object.entries(contract.components.schemas)
  const { info } = contract
  const body = html`<body>
    <a class="skip" href="#content">Skip to the reference</a>
    <div class="page">
      <nav aria-label="Contents">
        <details open>
          <summary>Contents</summary>
          ${sections.map(
            (section) =>
              html`<h2>${titled(section.name)}</h2>
                <ul>
                  ${section.operations.map(
                    (one) => html`<li><a href="#${one.operationId}">${one.summary}</a></li>`,
                  )}
                </ul>`,
          )}
          <h2>Schemas</h2>
          <ul>
            ${schemas.map(([name]) => html`<li><a href="#${schemaAnchor(name)}">${name}</a></li>`)}
          </ul>
        </details>
      </nav>
      <main id="content">
        <h1>${info.title}</h1>
        <p class="lead">${info.summary}</p>
        <p class="soft">
          Version ${info.version} · everything below <code>${base}</code> ·
          <a href="/docs/findings">What bundles are checked for</a>
        </p>
        ${prose(info.description)}
        ${sections.map(
          (section) =>
            html`<section>
              <h2 id="${section.name}">${titled(section.name)}</h2>
              <p class="soft">${section.description}</p>
              ${section.operations.map((one) => operationView(contract, base, one))}
            </section> `,
        )}
        <section>
          <h2 id="schemas">Schemas</h2>
          ${schemas.map(
            ([name, schema]) =>
              html`<article id="${schemaAnchor(name)}">
                <h3>${name}</h3>
                ${schema.description === undefined ? null : prose(schema.description)}${
                  innerFields(schema) ?? html`<p class="soft">${kindOf(schema)}</p>`
                }
              </article> `,
          )}
        </section>
      </main>
    </div>
  </body> `
  return page(info.title, body)
}

function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function operationView(contract: Contract, base: string, operation: Operation): Html {
  const { operationId, method, path, summary, description, parameters, body } = operation
  const answers = Object.entries(operation.responses)
  const good = answers.filter(([status]) => Number(status) < 400)
  const errors = answers.filter(([status]) => !(Number(status) < 400))
  return html`<article id="${operationId}">
    <h3>${summary}</h3>
    <p class="call"><b>${method}</b> ${base}${path}</p>
    <p class="same">${operationId}</p>
    ${description === undefined ? null : prose(description)}
    ${places.map(([place, title]) => {
      const here = parameters.filter((parameter) => parameter.in === place)
      if (here.length === 0) return null
      return html`<h4>${title}</h4>
        <dl>
          ${here.map(({ name, schema, required = false, ...rest }) =>
            fieldView({ name, schema, required, description: rest.description }),
          )}
        </dl>`
    })}
    ${
      body === null
        ? null
        : html`<h4>Body</h4>
            ${contentView(contract, body.content, `${summary}, request`)}`
    }
    <h4>Answers</h4>
    ${answersView(contract, good, summary)}
    <h4>Errors</h4>
    ${answersView(contract, errors, summary)}
  </article> `
}

function answersView(
  contract: Contract,
  answers: readonly (readonly [string, Answer])[],
  summary: string,
): Html {
  return html`<dl>
    ${answers.map(([status, answer]) => {
      const isError = !(Number(status) < 400)
      // Every error is a problem; said once, in the introduction.
      const content = isError ? {} : (answer.content ?? {})
      return html`<dt><code>${status === 'default' ? 'others' : status}</code></dt>
        <dd>
          ${inline(answer.description)} ${headersView(answer)}
          ${contentView(contract, content, `${summary}, answer`)}
        </dd>`
    })}
  </dl>`
}

function headersView({ headers = {} }: Answer): Html | null {
  const entries = Object.entries(headers)
  if (entries.length === 0) return null
  return html`<dl>
    ${entries.map(([name, { schema, description }]) =>
      fieldView({ name, schema, required: false, description }),
    )}
  </dl>`
}

function contentView(
  contract: Contract,
  content: Readonly<Record<string, Media>>,
  label: string,
): Html {
  return html`${Object.entries(content).map(([type, media]) => {
    const example = exampleOf(contract, media)
    return html`<div>
        <code>${type}</code>${
          media.schema ? html`<span class="kind">${kindOf(media.schema)}</span>` : null
        }
      </div>
      ${media.schema ? innerFields(media.schema) : null}${
        example === undefined
          ? null
          : html`<details>
              <summary>Example</summary>
              <pre tabindex="0" role="region" aria-label="Example: ${label}, ${type}">
${typeof example === 'string' ? example : JSON.stringify(example, null, 2)}</pre>
            </details>`
      }`
  })}`
}

function exampleOf(contract: Contract, media: Media): unknown {
  if (media.example !== undefined) return media.example
  const [first] = Object.values(media.examples ?? {})
  return first === undefined ? undefined : follow(contract, first).value
}
