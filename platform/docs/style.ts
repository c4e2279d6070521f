export const style = `
:root { color-scheme: light dark; --bg: #f7f8f8; --raised: #fff; --text: #10191c; --soft: #4a585d;
  --line: #dfe4e5; --accent: #0b7285; --error: #b3261e;
  --warning: #8a5300; --mono: ui-monospace, 'JetBrains Mono', Menlo, Consolas, monospace }
@media (prefers-color-scheme: dark) {
  :root { --bg: #0c1214; --raised: #131b1e; --text: #e8eef0; --soft: #aab8bd; --line: #263238; --accent: #4cc4d6;
    --error: #ff8a80; --warning: #f0b429 }
}
* { box-sizing: border-box }
html { scroll-padding-top: 16px }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere }
a { color: var(--accent) }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--accent);
  outline-offset: 2px; border-radius: 4px }
code, pre { font-family: var(--mono); font-size: 14px }
pre { margin: 8px 0 0; padding: 16px; overflow: auto; max-height: 480px; background: var(--bg);
  border: 1px solid var(--line); border-radius: 6px; line-height: 20px; overflow-wrap: normal }
.skip { position: absolute; left: 16px; top: -64px; padding: 8px 16px; background: var(--raised) }
.skip:focus { top: 8px }
.page { display: grid; grid-template-columns: 272px minmax(0, 1fr); max-width: 1200px; margin: 0 auto }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 32px 16px 32px 24px }
nav h2 a { color: inherit; text-decoration: none }
nav h2 { margin: 24px 0 4px; font-size: 12px; line-height: 16px; color: var(--soft); font-weight: 600 }
nav ul { list-style: none; margin: 0; padding: 0 }
nav li a { display: block; padding: 4px 8px; margin-left: -8px; border-radius: 6px; color: var(--text);
  font-size: 14px; line-height: 20px; text-decoration: none }
nav li a:hover { background: var(--raised); color: var(--accent) }
main { padding: 32px 24px 96px; min-width: 0 }
h1 { margin: 0; font-size: 32px; line-height: 40px; letter-spacing: -0.01em }
.lead { margin: 8px 0 24px; color: var(--soft); font-size: 18px; line-height: 28px }
main > section > h2 { margin: 64px 0 4px; font-size: 24px; line-height: 32px }
h3 { margin: 0; font-size: 18px; line-height: 28px }
h4 { margin: 24px 0 8px; font-size: 14px; line-height: 20px; color: var(--soft); font-weight: 600 }
p { margin: 8px 0 0; max-width: 72ch }
.soft { color: var(--soft) }
article { margin-top: 16px; padding: 24px; background: var(--raised); border: 1px solid var(--line);
  border-radius: 8px }
article:target { border-color: var(--accent) }
.call { margin: 4px 0 8px; font-family: var(--mono); font-size: 14px; line-height: 24px }
.call b { display: inline-block; min-width: 56px; color: var(--accent) }
dl { margin: 0 }
dt { padding-top: 12px; margin-top: 12px; border-top: 1px solid var(--line) }
dt:first-child { margin-top: 0; border-top: 0; padding-top: 0 }
dd { margin: 0; color: var(--soft); font-size: 14px; line-height: 20px }
dt code, dt a code { font-weight: 600 }
.kind { margin-left: 8px; color: var(--soft); font-size: 14px }
.kind code, dd code { font-size: 13px; font-weight: 400 }
.needed { margin-left: 8px; font-size: 12px; font-weight: 600; color: var(--accent) }
.same { font: 12px/16px var(--mono); color: var(--soft) }
dl dl { margin: 8px 0 0 4px; padding-left: 16px; border-left: 1px solid var(--line) }
main section > ul, main .lead ul, article > ul { margin: 8px 0 0; padding-left: 24px; max-width: 72ch }
main section > p:first-of-type { margin-top: 0 }
main section > pre { background: var(--raised) }
pre code { font-size: inherit }
h3 .pick { font-size: 16px; font-weight: 600; user-select: all }
.permalink { padding: 0 4px; font-weight: 400; text-decoration: none; color: var(--soft) }
.permalink:hover { color: var(--accent) }
.severities span { margin-right: 8px; padding: 0 8px; border: 1px solid; border-radius: 10px; font-size: 12px;
  line-height: 18px; display: inline-block; font-weight: 600; color: var(--accent) }
.severities span::first-letter { text-transform: uppercase }
.severities .error { color: var(--error) }
.severities .warning { color: var(--warning) }
article details { margin-top: 8px }
summary { cursor: pointer; color: var(--accent); font-size: 14px; line-height: 24px }
@media (max-width: 800px) {
  .page { display: block }
  nav { position: static; max-height: 40vh; padding: 16px; border-bottom: 1px solid var(--line) }
  main { padding: 24px 16px 64px }
  article { padding: 16px }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
`
