import { type Html, html } from '../http/html.ts'
import { type Chapter, type Explanation, parseExplanations } from './explanations.ts'
import { blocksView } from './markdown.ts'
import { page } from './page.ts'

/**
 * The explanations of all findings as one page without scripts; each has its code for an anchor.
 *
 * @param text what `docs/findings.md` says
 * @returns the page for a nonce of the Content-Security-Policy that lets its styles in
 */
export function findingsPage(text: string): (nonce: string) => string {
  const { title, blocks, chapters } = parseExplanations(text)
  const body = html`<body>
    <a class="skip" href="#content">Skip to the findings</a>
    <div class="page">
      <nav aria-label="Contents">
        <details open>
          <summary>Contents</summary>
          ${chapters.map(chapterLinks)}
        </details>
      </nav>
      <main id="content">
        <h1>${title}</h1>
        <div class="lead">${blocksView(blocks, title)}</div>
        ${chapters.map(chapterView)}
      </main>
    </div>
  </body> `
  return page(title, body)
}

function anchorOf({ title }: Chapter): string {
  return title.toLowerCase().replaceAll(' ', '-')
}

function chapterLinks(chapter: Chapter): Html {
  return html`<h2><a href="#${anchorOf(chapter)}">${chapter.title}</a></h2>
    <ul>
      ${chapter.explanations.map(({ code }) => html`<li><a href="#${code}">${code}</a></li>`)}
    </ul>`
}

function chapterView(chapter: Chapter): Html {
  const { title, blocks, explanations } = chapter
  return html`<section>
    <h2 id="${anchorOf(chapter)}">${title}</h2>
    ${blocksView(blocks, title)} ${explanations.map(explanationView)}
  </section> `
}

function explanationView({ code, severities, blocks }: Explanation): Html {
  return html`<article id="${code}">
    <h3>
      <code class="pick">${code}</code>
      <a class="permalink" href="#${code}" aria-label="Link to ${code}">#</a>
    </h3>
    <p class="severities">
      ${severities.map((severity) => html`<span class="${severity}">${severity}</span> `)}
    </p>
    ${blocksView(blocks, code)}
  </article> `
}
