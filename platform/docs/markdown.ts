import { fromMarkdown } from 'mdast-util-from-markdown'
import { type Html, html } from '../http/html.ts'

/** A paragraph, a list, a block of code: what stands directly in a document. */
export type Block = ReturnType<typeof fromMarkdown>['children'][number]

/** The blocks of a Markdown text (CommonMark). */
export function parseMarkdown(text: string): Block[] {
  return fromMarkdown(text).children
}

/**
 * Markdown of our own documents as markup; HTML in it is text. Headings are left to the page, which
 * knows their level.
 *
 * @param label what the blocks are about, for screen readers
 */
export function blocksView(blocks: readonly Block[], label: string): Html {
  let examples = 0
  return html`${blocks.map((block) => {
    switch (block.type) {
      case 'paragraph':
        return html`<p>${block.children.map(inlineView)}</p>`
      case 'code':
        return exampleView(block.value, `${label}, example ${++examples}`)
      case 'list':
        return html`<ul>
          ${block.children.map((item) => html`<li>${item.children.map(itemView)}</li>`)}
        </ul>`
      default:
        return inlineView(block)
    }
  })}`
}

// It scrolls where it is wide, so it must be reached by keyboard and have a name of its own.
function exampleView(text: string, name: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${name}">${text}</pre>`
}

// A list's item of one paragraph needs none around it.
function itemView(block: Block): Html {
  return block.type === 'paragraph' ? html`${block.children.map(inlineView)}` : inlineView(block)
}

function inlineView(node: Block): Html {
  switch (node.type) {
    case 'inlineCode':
      return html`<code>${node.value}</code>`
    case 'strong':
      return html`<strong>${node.children.map(inlineView)}</strong>`
    case 'emphasis':
      return html`<em>${node.children.map(inlineView)}</em>`
    case 'link':
      return html`<a href="${node.url}">${node.children.map(inlineView)}</a>`
    case 'text':
    case 'html':
      return html`${node.value}`
    default:
      throw new Error(`The page can't show the Markdown that is called "${node.type}"`)
  }
}
