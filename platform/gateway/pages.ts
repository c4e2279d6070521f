import { createHash } from 'node:crypto'
import { Html, html } from '../http/html.ts'

const style = `
:root { color-scheme: light dark; --bg: #f7f8f8; --text: #10191c; --soft: #4a585d; --accent: #0b7285; --on: #fff }
@media (prefers-color-scheme: dark) {
  :root { --bg: #0c1214; --text: #e8eef0; --soft: #aab8bd; --accent: #4cc4d6; --on: #04191d }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--bg);
  color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 34rem; padding: 24px }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 8px }
p { margin: 0 0 24px; color: var(--soft) }
form, a { display: inline-block; margin: 0 16px 8px 0 }
button, a.main { padding: 8px 16px; border: 0; border-radius: 6px; background: var(--accent);
  color: var(--on); text-decoration: none; font: inherit; font-weight: 600; cursor: pointer }
a { color: var(--accent) }
a:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`

/** Made here, where no formatter adds a blank: the policy names its hash. */
const styleElement = new Html(`<style>${style}</style>`)
const styleHash = createHash('sha256').update(style).digest('base64')

export type GatewayPage = {
  readonly status: number
  readonly title: string
  readonly text: string
  readonly link: { readonly href: string; readonly label: string }
  /** A button that asks the gateway itself for something. */
  readonly form?: { readonly action: string; readonly label: string } | null
  /** Seconds after which the page asks again by itself. */
  readonly refresh?: number
}

/** The gateway's own pages, for when there is no app to show. They stand on an app's host, so they hold no script. */
export function gatewayPage({ status, title, text, link, form = null, refresh }: GatewayPage) {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${text}</p>
          ${
            form &&
            html`<form method="post" action="${form.action}"><button>${form.label}</button></form>`
          }
          <a class="${form === null ? 'main' : ''}" href="${link.href}">${link.label}</a>
        </main>
      </body>
    </html> `.markup
  return {
    status,
    body,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      ...(refresh === undefined
        ? {}
        : { Refresh: String(refresh), 'Retry-After': String(refresh) }),
    },
  }
}
