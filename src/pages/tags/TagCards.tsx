import { styled } from '@mui/material/styles'
import { Surface } from '../../ui/Surface.tsx'
import type { TagListProps } from './TagList.tsx'
import { appsWords, RoleList, TagActions, TagKinds, TagName } from './TagParts.tsx'

const List = styled('ul')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))',
  gap: 12,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& > [data-edited]': { gridColumn: '1 / -1' },
})

const Card = styled(Surface)(({ theme }) => ({
  height: '100%',
  '& > div': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: '10px 12px',
    padding: '14px 12px 14px 16px',
  },
  '& p': {
    ...theme.typography.body2,
    gridColumn: '1 / -1',
    margin: 0,
    color: theme.vars.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  '& dl': {
    ...theme.typography.body2,
    gridColumn: '1 / -1',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '4px 16px',
    margin: 0,
    fontVariantNumeric: 'tabular-nums',
  },
  '& dt': { color: theme.vars.palette.text.tertiary },
  '& dd': { margin: 0, color: theme.vars.palette.text.secondary, overflowWrap: 'anywhere' },
  '& > section': {
    margin: 0,
    border: 0,
    borderTop: `1px solid ${theme.vars.palette.line.main}`,
    borderRadius: 0,
    background: 'none',
  },
})) as typeof Surface

/** Where a table has no room. */
export function TagCards({ tags, actor, stale, editedId, editor, onEdit }: TagListProps) {
  return (
    <List aria-label="Tags" aria-busy={stale} style={{ opacity: stale ? 0.6 : 1 }}>
      {tags.map((tag) => {
        const isEdited = tag.id === editedId
        return (
          <li key={tag.id} data-edited={isEdited ? '' : undefined}>
            <Card aria-label={tag.title}>
              <div>
                <TagName tag={tag} />
                <TagActions
                  tag={tag}
                  actor={actor}
                  isEdited={isEdited}
                  onEdit={() => onEdit(isEdited ? null : tag.id)}
                />
                {tag.description !== '' && <p>{tag.description}</p>}
                <dl>
                  <dt>Kind</dt>
                  <dd>
                    <TagKinds tag={tag} />
                  </dd>
                  <dt>Visitor roles</dt>
                  <dd>
                    <RoleList roles={tag.visitorRoles} none="–" />
                  </dd>
                  <dt>Admin roles</dt>
                  <dd>
                    <RoleList roles={tag.adminRoles} none="everybody with full access" />
                  </dd>
                  <dt>Apps</dt>
                  <dd>{appsWords(tag)}</dd>
                </dl>
              </div>
              {isEdited && editor}
            </Card>
          </li>
        )
      })}
    </List>
  )
}
