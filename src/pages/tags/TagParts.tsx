import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useId } from 'react'
import { Link } from 'react-router'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { counted } from '../../features/tagging/counted.ts'
import { kindMeanings, kindWords } from '../../features/tagging/kind-words.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { isOpenDoor, mayEditTag, tagKinds } from '../../rules/tags.ts'
import { Chip } from '../../ui/Chip.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { editButtonId } from './focus.ts'
import { TagMenu } from './TagMenu.tsx'

const Name = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  justifyItems: 'start',
  gap: 3,
  minWidth: 0,
  '& a': { display: 'flex', maxWidth: '100%', borderRadius: 6, textDecoration: 'none' },
  '& a:hover': { textDecoration: 'underline' },
  '& code': {
    ...theme.typography.caption,
    fontFamily: 'var(--wd-mono)',
    fontWeight: 400,
    color: theme.vars.palette.text.tertiary,
    overflowWrap: 'anywhere',
  },
}))

const Roles = styled('span')(({ theme }) => ({
  overflowWrap: 'anywhere',
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& i': { fontStyle: 'normal', color: theme.vars.palette.text.tertiary },
}))

const Row = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: 4,
})

type Props = { tag: TagDetail }

export function TagName({ tag }: Props) {
  return (
    <Name>
      <Link to={paths.tag(tag.id)}>
        <Chip title={tag.title} color={tag.color} />
      </Link>
      {tag.name !== tag.title && <code>{tag.name}</code>}
    </Name>
  )
}

export function TagKinds({ tag }: Props) {
  return (
    <>
      {tagKinds(tag).map((kind, index) => (
        <span key={kind} title={kindMeanings[kind]}>
          {index > 0 && ', '}
          {kindWords[kind]}
        </span>
      ))}
      {isOpenDoor(tag) && (
        <div>
          <StatusLabel tone="wait">open door</StatusLabel>
        </div>
      )}
    </>
  )
}

const shownAtMost = 3

/** The first few; the tag’s page has all. */
export function RoleList({ roles, none }: { roles: readonly string[]; none: string }) {
  if (roles.length === 0) {
    return (
      <Roles>
        <i>{none}</i>
      </Roles>
    )
  }
  const more = roles.length - shownAtMost
  return (
    <Roles title={more > 0 ? roles.join(', ') : undefined}>
      {roles.slice(0, shownAtMost).map((role, index) => (
        <span key={role}>
          {index > 0 && ', '}
          <code>{role}</code>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </Roles>
  )
}

export function appsWords({ appCount, versionCount }: TagDetail): string {
  if (versionCount === 0) return 'none'
  return versionCount === appCount
    ? counted(appCount, 'app')
    : `${counted(appCount, 'app')}, ${counted(versionCount, 'version')}`
}

type ActionsProps = { tag: TagDetail; actor: Actor; isEdited: boolean; onEdit: () => void }

export function TagActions({ tag, actor, isEdited, onEdit }: ActionsProps) {
  const reasonId = useId()
  const decision = mayEditTag(actor, tag)
  return (
    <Row>
      <Button
        id={editButtonId(tag.id)}
        size="small"
        variant="text"
        aria-label={`Edit ${tag.title}`}
        aria-expanded={isEdited}
        aria-disabled={!decision.allowed}
        aria-describedby={decision.allowed ? undefined : reasonId}
        title={decision.allowed ? undefined : decision.reason}
        sx={{ '&&&&[aria-disabled="true"]': { backgroundColor: 'transparent' } }}
        // Who may not is told why in the form’s place.
        onClick={onEdit}
      >
        Edit
      </Button>
      {!decision.allowed && <VisuallyHidden id={reasonId}>{decision.reason}</VisuallyHidden>}
      <TagMenu tag={tag} actor={actor} label={`More for ${tag.title}`} />
    </Row>
  )
}
