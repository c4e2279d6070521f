import { styled } from '@mui/material/styles'
import { Fragment } from 'react'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { Actor } from '../../rules/actor.ts'
import { Surface } from '../../ui/Surface.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { TagListProps } from './TagList.tsx'
import { appsWords, RoleList, TagActions, TagKinds, TagName } from './TagParts.tsx'
import type { TagSort } from './tags-params.ts'

const Table = styled('table')(({ theme }) => ({
  ...theme.typography.body2,
  width: '100%',
  tableLayout: 'fixed',
  borderCollapse: 'collapse',
  fontVariantNumeric: 'tabular-nums',
  '& thead th': {
    ...theme.typography.caption,
    padding: '10px 12px',
    textAlign: 'start',
    fontWeight: 500,
    color: theme.vars.palette.text.tertiary,
    whiteSpace: 'nowrap',
    '&:nth-of-type(1)': { width: '19%' },
    '&:nth-of-type(2)': { width: '12%' },
    '&:nth-of-type(4), &:nth-of-type(5)': { width: '17%' },
    '&:nth-of-type(6)': { width: '9%' },
    '&:nth-of-type(7)': { width: 116 },
  },
  '& thead button': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 2,
    minHeight: 24,
    margin: '-4px -6px',
    padding: '2px 6px',
    border: 0,
    borderRadius: 6,
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
    '&:hover': { color: theme.vars.palette.text.primary },
    '& svg': { opacity: 0 },
    '&:hover svg, &:focus-visible svg': { opacity: 0.6 },
  },
  '& [aria-sort] button': { color: theme.vars.palette.text.primary, '& svg': { opacity: 1 } },
  '& [aria-sort="ascending"] svg': { transform: 'rotate(180deg)' },
  '& tbody > tr': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& tbody > tr:not([data-form]):hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& tbody th, & tbody td': {
    padding: '10px 12px',
    textAlign: 'start',
    verticalAlign: 'middle',
    fontWeight: 'inherit',
    overflowWrap: 'anywhere',
    color: theme.vars.palette.text.secondary,
  },
  '& [data-text]': {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
  },
  '& tr[data-form] > td': {
    padding: 0,
    boxShadow: `inset 3px 0 ${theme.vars.palette.primary.main}`,
    '& > section': { margin: 0, border: 0, borderRadius: 0, background: 'none' },
  },
  '& th:first-of-type': { paddingInlineStart: 20 },
}))

const columns = [
  { label: 'Tag', by: 'title' },
  { label: 'Kind', by: 'kind' },
  { label: 'Description' },
  { label: 'Visitor roles' },
  { label: 'Admin roles' },
  { label: 'Apps', by: 'apps' },
] as const

/** For comparing: a tag a row. */
export function TagTable(list: TagListProps) {
  const { tags, total, actor, sort, onSort, stale, editedId, editor, onEdit } = list
  return (
    <Surface sx={{ overflow: 'hidden', opacity: stale ? 0.6 : 1 }}>
      <Table aria-label="Tags" aria-busy={stale} aria-rowcount={total + 1}>
        <thead>
          <tr>
            {columns.map((column) =>
              'by' in column ? (
                <SortHeader key={column.label} {...column} sort={sort} onSort={onSort} />
              ) : (
                <th key={column.label} scope="col">
                  {column.label}
                </th>
              ),
            )}
            <th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {tags.map((tag) => (
            <Fragment key={tag.id}>
              <TagRow tag={tag} actor={actor} isEdited={tag.id === editedId} onEdit={onEdit} />
              {tag.id === editedId && (
                <tr data-form="">
                  <td colSpan={7}>{editor}</td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </Surface>
  )
}

type RowProps = {
  tag: TagDetail
  actor: Actor
  isEdited: boolean
  onEdit: (tagId: string | null) => void
}

function TagRow({ tag, actor, isEdited, onEdit }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <TagName tag={tag} />
      </th>
      <td>
        <TagKinds tag={tag} />
      </td>
      <td>
        <span data-text="">{tag.description}</span>
      </td>
      <td>
        <RoleList roles={tag.visitorRoles} none="–" />
      </td>
      <td>
        <RoleList roles={tag.adminRoles} none="everybody with full access" />
      </td>
      <td>{appsWords(tag)}</td>
      <td>
        <TagActions
          tag={tag}
          actor={actor}
          isEdited={isEdited}
          onEdit={() => onEdit(isEdited ? null : tag.id)}
        />
      </td>
    </tr>
  )
}

type SortProps = {
  label: string
  by: 'title' | 'kind' | 'apps'
  sort: TagSort
  onSort: (sort: TagSort) => void
}

function SortHeader({ label, by, sort, onSort }: SortProps) {
  const direction = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
  // Who sorts by a number wants the most first.
  const first = by === 'apps' ? ('-apps' as const) : by
  const other = first === by ? (`-${by}` as const) : by
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" onClick={() => onSort(sort === first ? other : first)}>
        {label}
        <Icon name="chevron" size={14} />
      </button>
    </th>
  )
}
