import { Html, html } from '../http/html.ts'
import { style } from './style.ts'

/** @returns a page without scripts, for a nonce of the Content-Security-Policy that lets its styles in */
export function page(title: string, body: Html): (nonce: string) => string {
  return (nonce) =>
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
          <style nonce="${nonce}">
            ${new Html(style)}
          </style>
        </head>
        ${body}
      </html>`.markup
}
