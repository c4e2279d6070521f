import { styled } from '@mui/material/styles'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { mergeTagsOptions, tagListOptions } from '../../api/tags.ts'
import { counted } from '../../features/tagging/counted.ts'
import { ImpactDialog } from '../../features/tagging/ImpactDialog.tsx'
import { commands } from '../../rules/commands.ts'
import { mergedAdminRoles, mergedVisitorRoles, type RoleChoice } from '../../rules/tags.ts'
import { Chip } from '../../ui/Chip.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TextInput } from '../../ui/TextInput.ts'
import { radius } from '../../ui/tokens.ts'

const Choices = styled('fieldset')(({ theme }) => ({
  ...theme.typography.body2,
  minWidth: 0,
  margin: '16px 0 0',
  padding: 0,
  border: 0,
  '& legend': { padding: 0, marginBottom: 6, fontWeight: 600 },
  '& > div': {
    display: 'grid',
    maxHeight: 260,
    overflowY: 'auto',
    marginTop: 8,
    border: `1px solid ${theme.vars.palette.line.main}`,
    borderRadius: radius.control,
  },
  '& label': {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: 10,
    minHeight: 40,
    padding: '6px 12px',
    cursor: 'pointer',
  },
  '& label + label': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& label:has(:checked)': { backgroundColor: theme.vars.palette.primary.soft },
  '& label:has(:focus-visible)': {
    outline: `2px solid ${theme.vars.palette.primary.main}`,
    outlineOffset: -2,
  },
  '& input[type="radio"]': {
    margin: 0,
    outline: 'none',
    accentColor: theme.vars.palette.primary.main,
  },
  '& small': { ...theme.typography.caption, fontVariantNumeric: 'tabular-nums' },
  '& p': { margin: 0, padding: 12 },
}))

type Props = {
  /** The tag that is gone afterwards. */
  tag: TagDetail
  onClose: () => void
  onMerged: (into: TagDetail) => void
}

/** Merges a tag into another: first which, and with whose roles; then what that changes. */
export function MergeDialog({ tag, onClose, onMerged }: Props) {
  const [text, setText] = useState('')
  const [target, setTarget] = useState<TagDetail | null>(null)
  const [roles, setRoles] = useState<RoleChoice>('keep')
  const [isChosen, setChosen] = useState(false)
  // One for each choice: a try after a lost answer merges nothing twice.
  const [key, setKey] = useState('')
  const list = useQuery(tagListOptions())
  const merge = useMutation(mergeTagsOptions(onMerged))
  const wanted = text.trim().toLowerCase()
  const others = (list.data?.tags ?? []).filter(
    ({ id, name, title }) =>
      id !== tag.id &&
      (title.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)),
  )
  if (target !== null && isChosen) {
    const becomes = {
      adminRoles: mergedAdminRoles(roles, target, tag),
      visitorRoles: mergedVisitorRoles(roles, target, tag),
    }
    return (
      <ImpactDialog
        tagId={target.id}
        plan={{ mergeFrom: tag.id, ...becomes }}
        title={`Merge ${tag.title} into ${target.title}?`}
        confirmLabel={merge.isPending ? 'Merging…' : 'Merge'}
        destructive
        busy={merge.isPending}
        error={merge.error}
        commands={[commands.updateTag(target.id, becomes), commands.deleteTag(tag.id)]}
        onCancel={() => {
          merge.reset()
          setChosen(false)
        }}
        onConfirm={(etag) =>
          merge.mutate({
            tagId: target.id,
            etag: etag ?? target.etag,
            from: tag.id,
            fromEtag: tag.etag,
            idempotencyKey: key,
            ...becomes,
          })
        }
      >
        This can’t be undone. {target.title} goes on every version that has {tag.title}, and{' '}
        {tag.title} is deleted.
      </ImpactDialog>
    )
  }
  return (
    <ConfirmDialog
      open
      wide
      title={`Merge ${tag.title} into another tag`}
      destructive={false}
      confirmLabel={list.data === undefined ? null : 'See what changes'}
      onCancel={onClose}
      ready={target !== null}
      onConfirm={() => {
        setKey(crypto.randomUUID())
        setChosen(true)
      }}
    >
      Its {counted(tag.versionCount, 'version')} get the other tag in its place.
      {list.isPending && <Skeleton height={160} round />}
      {list.isError && <ActionError error={list.error} />}
      {list.data !== undefined && (
        <>
          <Targets
            text={text}
            onType={setText}
            tags={others}
            chosen={target}
            onChoose={setTarget}
          />
          {target !== null && (
            <RolesChoice from={tag.title} into={target.title} chosen={roles} onChoose={setRoles} />
          )}
        </>
      )}
    </ConfirmDialog>
  )
}

type TargetsProps = {
  text: string
  onType: (text: string) => void
  tags: readonly TagDetail[]
  chosen: TagDetail | null
  onChoose: (tag: TagDetail) => void
}

function Targets({ text, onType, tags, chosen, onChoose }: TargetsProps) {
  const name = useId()
  return (
    <Choices>
      <legend>Into which?</legend>
      <TextInput
        type="search"
        aria-label="Search the other tags"
        placeholder="Search by title or name"
        value={text}
        onChange={(event) => onType(event.target.value)}
      />
      <div>
        {tags.map((tag) => (
          <label key={tag.id}>
            <input
              type="radio"
              name={name}
              checked={chosen?.id === tag.id}
              onChange={() => onChoose(tag)}
            />
            <span style={{ display: 'flex', minWidth: 0 }}>
              <Chip title={tag.title} color={tag.color} />
            </span>
            <small>{counted(tag.versionCount, 'version')}</small>
          </label>
        ))}
        {tags.length === 0 && <p>No other tag is called so.</p>}
      </div>
    </Choices>
  )
}

type RolesProps = {
  from: string
  into: string
  chosen: RoleChoice
  onChoose: (roles: RoleChoice) => void
}

function RolesChoice({ from, into, chosen, onChoose }: RolesProps) {
  const name = useId()
  const words: Record<RoleChoice, string> = {
    keep: `Those of ${into}`,
    takeOver: `Those of ${from}`,
    both: `Those of ${into} and those of ${from}`,
  }
  return (
    <Choices>
      <legend>With whose roles?</legend>
      <div>
        {(['keep', 'takeOver', 'both'] as const).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={name}
              checked={chosen === each}
              onChange={() => onChoose(each)}
            />
            <span>{words[each]}</span>
          </label>
        ))}
      </div>
    </Choices>
  )
}
