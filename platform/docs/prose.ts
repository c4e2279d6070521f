import { type Html, html } from '../http/html.ts'

/** What descriptions use of Markdown: paragraphs, `code` and **weight**. */
export function prose(text: string): Html {
  const paragraphs = text.trim().split(/\n{2,}/)
  return html`${paragraphs.map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`
}

export function inline(text: string): Html {
  const pieces = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/)
  return html`${pieces.map((piece) => {
    if (/^`.+`$/s.test(piece)) return html`<code>${piece.slice(1, -1)}</code>`
    if (/^\*\*.+\*\*$/s.test(piece)) return html`<strong>${piece.slice(2, -2)}</strong>`
    return piece
  })}`
}
