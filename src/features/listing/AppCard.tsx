import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { ReactNode } from 'react'
import type { App, SearchMatch } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { Highlight } from '../../ui/Highlight.tsx'
import { cardStyles } from './card-styles.ts'
import { excerpt, matchesIn } from './matches.ts'
import { TagLine } from './TagLine.tsx'

const Root = styled('article')(({ theme }) => ({
  ...cardStyles(theme),
  '&:hover': { borderColor: theme.vars.palette.line.control },
  '&[data-compact]': {
    padding: '12px 14px 10px',
    '& header': { gap: 10 },
    '& h2': { ...theme.typography.body1, fontWeight: 600, margin: 0 },
    '& header ~ p': { marginTop: 8, minHeight: 20, WebkitLineClamp: 1 },
    '& footer': { marginTop: 8, paddingTop: 8, minHeight: 45 },
  },
  // The ring goes round what the link covers.
  '&:has(h2 a:focus-visible)': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: 2,
  },
  '& header': { display: 'flex', gap: 14, minWidth: 0 },
  '& header > div': { minWidth: 0, flex: 1 },
  '& h2': {
    ...theme.typography.h3,
    margin: '2px 0 0',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& h2 a': { color: 'inherit', textDecoration: 'none', outline: 'none' },
  // The whole card is the link; what else can be pressed lies above it.
  '& header > button': { position: 'relative', zIndex: 1, margin: '-6px -8px 0 -8px' },
  '& h2 a::after': { content: '""', position: 'absolute', inset: 0, borderRadius: 'inherit' },
}))

const Meta = styled('p')(({ theme }) => ({
  ...theme.typography.caption,
  margin: '1px 0 0',
  color: theme.vars.palette.text.tertiary,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 11.5 },
}))

const Description = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: '14px 0 0',
  minHeight: 40,
  color: theme.vars.palette.text.secondary,
  display: '-webkit-box',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: 2,
  overflow: 'hidden',
  overflowWrap: 'anywhere',
}))

const Foot = styled('footer')(({ theme }) => ({
  marginTop: 14,
  paddingTop: 12,
  minHeight: 49,
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  '& a, & button': { position: 'relative', zIndex: 1 },
}))

/** What a card says of an app; one that isn't imported yet has no address. */
type CardApp = Pick<
  App,
  'name' | 'version' | 'title' | 'description' | 'category' | 'tags' | 'owner' | 'icon'
> & { id: string | null; keywords?: readonly string[] }

type Props = {
  app: CardApp
  /** What can be done with it now: the foot of the card. */
  action: ReactNode
  /** In the corner: a pin. */
  corner?: ReactNode
  /** Behind the owner, such as which version one has. */
  note?: string
  /** What of it was searched for, to be marked. */
  matches?: readonly SearchMatch[] | undefined
  /** More of them on a screen, and less said of each. */
  compact?: boolean
}

/** What is it, whose and which version, what for, what can I do now. */
export function AppCard({ app, action, corner, note, matches, compact = false }: Props) {
  const title = <Highlight text={app.title} ranges={matchesIn(matches, 'title')} />
  const description = excerpt(app.description, matchesIn(matches, 'description'))
  return (
    <Root data-compact={compact ? '' : undefined}>
      <header>
        <AppIcon name={app.name} title={app.title} src={app.icon} size={compact ? 32 : 48} />
        <div>
          <h2>{app.id === null ? title : <Link to={paths.app(app.id)}>{title}</Link>}</h2>
          <Meta>
            <code>{app.version}</code> ·{' '}
            <Highlight text={app.owner.name} ranges={matchesIn(matches, 'owner')} />
            {note !== undefined && ` · ${note}`}
          </Meta>
        </div>
        {corner}
      </header>
      <Description>
        <Highlight {...description} />
      </Description>
      {!compact && <TagLine app={app} matches={matches} />}
      <Foot>{action}</Foot>
    </Root>
  )
}
