import { expect, test } from 'vitest'
import { renderApp } from '../../../mocks/render.tsx'
import { Markdown } from './Markdown.tsx'

const payloads = [
  '<script>window.__xss = 1</script>',
  '<img src=x onerror="window.__xss = 1">',
  '<svg onload="window.__xss = 1"></svg>',
  '<iframe srcdoc="<script>parent.__xss = 1</script>"></iframe>',
  '<a href="javascript:window.__xss=1">raw</a>',
  '[click](javascript:window.__xss=1)',
  '[click](JaVaScRiPt:window.__xss=1)',
  '[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[click](vbscript:window.__xss=1)',
  '![x](javascript:window.__xss=1)',
  '![x](https://evil.example/tracker.png)',
  '<javascript:window.__xss=1>',
  '[x]: javascript:window.__xss=1\n\n[x]',
  '<style>body { display: none }</style>',
  '<form action="https://evil.example"><input name="password"></form>',
  '`<img src=x onerror=window.__xss=1>`',
]

test.each(payloads)('%s is inert', async (payload) => {
  const screen = await renderApp(<Markdown text={`before\n\n${payload}\n\nafter`} />)
  await expect.element(screen.getByText('after')).toBeVisible()
  const bad = screen.container.querySelector(
    'script, img, svg, iframe, form, input, object, embed, [onerror], [onload], [srcdoc]',
  )
  expect(bad).toBeNull()
  // The theme's own style elements are in the head.
  expect(screen.container.querySelector('style')).toBeNull()
  for (const link of screen.container.querySelectorAll('a')) {
    expect(link.protocol).toMatch(/^(https?|mailto):$/)
  }
  expect(Reflect.has(window, '__xss')).toBe(false)
})

test('a link to elsewhere is marked and opened safely', async () => {
  const screen = await renderApp(<Markdown text="[the guide](https://example.com/guide)" />)
  const link = screen.getByRole('link', { name: 'the guide (another site)' })
  await expect.element(link).toHaveAttribute('href', 'https://example.com/guide')
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  await expect.element(link).toHaveAttribute('target', '_blank')
})

test('tables, lists and headings are what they should be, below the page’s own headings', async () => {
  const text = '# Top\n\n- one\n- [x] done\n\n| a | b |\n| - | -: |\n| 1 | 2 |'
  const screen = await renderApp(<Markdown text={text} />)
  await expect.element(screen.getByRole('heading', { level: 3, name: 'Top' })).toBeVisible()
  await expect.element(screen.getByRole('cell', { name: '2' })).toBeVisible()
  await expect.element(screen.getByText('☑')).toBeVisible()
})

test('a text without end is cut', async () => {
  const screen = await renderApp(<Markdown text={'word '.repeat(20_000)} />)
  await expect.element(screen.getByText('The rest of this text is too long to show.')).toBeVisible()
})
