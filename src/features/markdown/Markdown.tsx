import { styled } from '@mui/material/styles'
import { createContext, useContext, useState } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { bundlePath } from './bundle-path.ts'
import { leavingAddress } from './leaving-address.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body1,
  color: theme.vars.palette.text.secondary,
  maxWidth: '72ch',
  overflowWrap: 'anywhere',
  '& > :first-of-type': { marginTop: 0 },
  '& p, & ul, & ol, & blockquote, & pre, & [data-table]': { margin: '0 0 12px' },
  '& ul, & ol': { paddingInlineStart: 22 },
  '& li + li': { marginTop: 4 },
  '& h3, & h4': {
    ...theme.typography.h3,
    margin: '24px 0 8px',
    color: theme.vars.palette.text.primary,
  },
  '& h4': { fontSize: 14 },
  '& strong': { fontWeight: 600, color: theme.vars.palette.text.primary },
  '& a': { color: theme.vars.palette.primary.main, textUnderlineOffset: 2 },
  '& code': {
    fontFamily: 'var(--wd-mono)',
    fontSize: '0.9em',
    padding: '1px 5px',
    borderRadius: 5,
    backgroundColor: theme.vars.palette.background.sunken,
  },
  '& pre': {
    overflow: 'auto',
    padding: '12px 14px',
    borderRadius: radius.m,
    backgroundColor: theme.vars.palette.background.sunken,
    '& code': { padding: 0, fontSize: 12.5, backgroundColor: 'transparent' },
  },
  '& img': { maxWidth: '100%', maxHeight: 480, borderRadius: radius.m },
  '& blockquote': {
    paddingInlineStart: 14,
    borderInlineStart: `3px solid ${theme.vars.palette.line.strong}`,
    marginInline: 0,
  },
  '& hr': { border: 0, borderTop: `1px solid ${theme.vars.palette.line.main}`, margin: '24px 0' },
  '& [data-table]': { overflowX: 'auto' },
  '& table': { borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' },
  '& th, & td': {
    ...theme.typography.body2,
    padding: '6px 14px 6px 0',
    borderBottom: `1px solid ${theme.vars.palette.line.main}`,
    textAlign: 'start',
    '&[data-align="right"]': { textAlign: 'end' },
    '&[data-align="center"]': { textAlign: 'center' },
  },
  '& th': { fontWeight: 600, color: theme.vars.palette.text.primary },
  '& [data-unshown]': { ...theme.typography.body2, color: theme.vars.palette.text.tertiary },
}))

/** Longer texts are cut: parsing is the reader's time, and authors aren't all friends. */
const maxLength = 60_000

/** The page has the levels above; the author's outline begins below them. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h4>{children}</h4>,
  h5: ({ children }) => <h4>{children}</h4>,
  h6: ({ children }) => <h4>{children}</h4>,
  a: ({ href, children }) => {
    const address = leavingAddress(href)
    if (address === null) return <>{children}</>
    if (address.startsWith('mailto:')) return <a href={address}>{children}</a>
    return (
      <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={address}>
        {children}
        <span aria-hidden="true"> ↗</span>
        <VisuallyHidden> (another site)</VisuallyHidden>
      </a>
    )
  },
  img: ({ src, alt }) => <Picture src={src} alt={alt} />,
  input: ({ checked }) => <span>{checked === true ? '☑ ' : '☐ '}</span>,
  // What scrolls can be scrolled with the keyboard.
  pre: ({ children }) => (
    <pre tabIndex={0} role="region" aria-label="Code">
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div data-table="" tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  th: ({ children, style }) => <th data-align={style?.textAlign}>{children}</th>,
  td: ({ children, style }) => <td data-align={style?.textAlign}>{children}</td>,
}

type PictureUrl = ((path: string) => string) | undefined

const PictureUrlContext = createContext<PictureUrl>(undefined)

/** An image from elsewhere would tell its host who reads this; only what is in the bundle is loaded. */
function Picture({ src, alt = '' }: { src?: unknown; alt?: string | undefined }) {
  const pictureUrl = useContext(PictureUrlContext)
  const [brokenUrl, setBrokenUrl] = useState<string>()
  const path = typeof src === 'string' ? bundlePath(src) : null
  const url = path === null ? undefined : pictureUrl?.(path)
  if (url === undefined || url === brokenUrl) {
    return <span data-unshown="">[Image{alt === '' ? '' : `: ${alt}`}]</span>
  }
  return (
    <img src={url} alt={alt} loading="lazy" decoding="async" onError={() => setBrokenUrl(url)} />
  )
}

type Props = {
  text: string
  /** Where a picture of the bundle is loaded from; left out where none can be had. */
  pictureUrl?: PictureUrl
}

/** An author's markdown. Raw HTML in it is shown as the text it is; only pictures of the bundle are loaded. */
export function Markdown({ text, pictureUrl }: Props) {
  return (
    <PictureUrlContext value={pictureUrl}>
      <Root>
        <ReactMarkdown remarkPlugins={[remarkGfm]} components={components}>
          {text.slice(0, maxLength)}
        </ReactMarkdown>
        {text.length > maxLength && (
          <p data-unshown="">The rest of this text is too long to show.</p>
        )}
      </Root>
    </PictureUrlContext>
  )
}
