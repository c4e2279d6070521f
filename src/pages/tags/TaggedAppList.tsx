import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import type { TaggedApp } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import { whoSees } from '../../rules/audience.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { Surface } from '../../ui/Surface.tsx'

const List = styled('ul')(({ theme }) => ({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& > li': {
    ...theme.typography.body2,
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    minHeight: 60,
    padding: '10px 16px',
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 60px',
  },
  '& > li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& input': {
    flex: 'none',
    width: 18,
    height: 18,
    margin: 0,
    accentColor: theme.vars.palette.primary.main,
  },
  '& div': { minWidth: 0, overflowWrap: 'anywhere' },
  '& a': {
    fontWeight: 600,
    color: 'inherit',
    textDecoration: 'none',
    '&:hover': { textDecoration: 'underline' },
  },
  '& code': { ...theme.typography.caption, fontFamily: 'var(--wd-mono)', marginInlineStart: 8 },
  '& small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.text.secondary,
  },
}))

type Props = {
  apps: readonly TaggedApp[]
  tagId: string
  stale: boolean
  /** Null where this person may not change any. */
  chosen: ReadonlySet<string> | null
  onChoose: (id: string, isChosen: boolean) => void
}

/** The versions with the tag, and which visitors see each through it. */
export function TaggedAppList({ apps, tagId, stale, chosen, onChoose }: Props) {
  return (
    <Surface sx={{ overflow: 'hidden', opacity: stale ? 0.6 : 1 }}>
      <List aria-label="Apps with this tag" aria-busy={stale}>
        {apps.map((app) => (
          <Item
            key={app.id}
            app={app}
            tagId={tagId}
            isChosen={chosen === null ? null : chosen.has(app.id)}
            onChoose={onChoose}
          />
        ))}
      </List>
    </Surface>
  )
}

type ItemProps = {
  app: TaggedApp
  tagId: string
  isChosen: boolean | null
  onChoose: (id: string, isChosen: boolean) => void
}

function Item({ app, tagId, isChosen, onChoose }: ItemProps) {
  return (
    <li>
      {isChosen !== null && (
        <input
          type="checkbox"
          aria-label={`Choose ${app.title} ${app.version}`}
          checked={isChosen}
          onChange={(event) => onChoose(app.id, event.target.checked)}
        />
      )}
      <AppIcon name={app.name} title={app.title} src={app.icon} size={36} />
      <div>
        <Link to={paths.app(app.id)}>{app.title}</Link>
        <code>{app.version}</code>
        <small>{throughWords(app, tagId)}</small>
      </div>
    </li>
  )
}

/** Who sees one app through one of its tags, and what of it other tags open as well. */
function throughWords(app: TaggedApp, tagId: string): string {
  if (app.visibility === 'PRIVATE') return `only ${app.owner.name} and admins see it`
  if (app.visibility === 'PUBLIC') return 'everybody sees it'
  const visitors = whoSees({ ...app, lifecycle: 'ON_DEMAND' }).flatMap((audience) =>
    audience.who === 'visitors' && audience.through.some(({ id }) => id === tagId)
      ? [audience]
      : [],
  )
  if (visitors.length === 0) return 'everybody with full access sees it'
  const roles = visitors.map(({ role, through }) => {
    const others = through.filter(({ id }) => id !== tagId)
    return others.length === 0
      ? role
      : `${role} (also through ${others.map(({ title }) => title).join(', ')})`
  })
  return `everybody with full access, and visitors with ${roles.join(', ')}`
}
