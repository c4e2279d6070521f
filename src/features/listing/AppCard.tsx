import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { ReactNode } from 'react'
import type { App } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { Highlight } from '../../ui/Highlight.tsx'
import { TagLabel } from '../../ui/TagLabel.tsx'
import { cardStyles } from './card-styles.ts'

const Root = styled('article')(({ theme }) => ({
  ...cardStyles(theme),
  '&:hover': { borderColor: theme.vars.palette.line.control },
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

const Tags = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 6,
  height: 20,
  marginTop: 10,
  overflow: 'hidden',
})

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
> & { id: string | null }

type Props = {
  app: CardApp
  /** What can be done with it now: the foot of the card. */
  action: ReactNode
  /** What was searched for, to be marked in the text. */
  words?: string
}

/** What is it, whose and which version, what for, what can I do now. */
export function AppCard({ app, action, words = '' }: Props) {
  const title = <Highlight text={app.title} words={words} />
  return (
    <Root>
      <header>
        <AppIcon name={app.name} title={app.title} src={app.icon} />
        <div>
          <h2>{app.id === null ? title : <Link to={paths.app(app.id)}>{title}</Link>}</h2>
          <Meta>
            <code>{app.version}</code> · <Highlight text={app.owner.name} words={words} />
          </Meta>
        </div>
      </header>
      <Description>
        <Highlight text={app.description} words={words} />
      </Description>
      <Tags>
        {app.tags.length === 0 ? (
          <TagLabel title={app.category} />
        ) : (
          app.tags.map((tag) => <TagLabel key={tag.id} title={tag.title} color={tag.color} />)
        )}
      </Tags>
      <Foot>{action}</Foot>
    </Root>
  )
}
