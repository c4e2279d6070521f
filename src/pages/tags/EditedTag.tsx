import { useQuery } from '@tanstack/react-query'
import type { Location } from 'react-router'
import { ApiError } from '../../api/errors.ts'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { tagOptions } from '../../api/tags.ts'
import { TagEditor } from '../../features/tagging/TagEditor.tsx'
import { newTagId } from '../../features/tagging/use-tag-edit.ts'
import type { Actor } from '../../rules/actor.ts'
import { mayCreateTag, mayEditTag } from '../../rules/tags.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import Button from '@mui/material/Button'

type Props = {
  tagId: string
  actor: Actor
  userId: string
  staysAt: (location: Location) => boolean
  onSaved: (tag: TagDetail) => void
  onClose: () => void
}

/** The form for the tag that an address names: it may be gone, or not this person’s to edit. */
export function EditedTag({ tagId, ...props }: Props) {
  const creating = mayCreateTag(props.actor)
  if (tagId !== newTagId) return <ExistingTag tagId={tagId} {...props} />
  if (!creating.allowed) return <Refused reason={creating.reason} onClose={props.onClose} />
  return (
    <Surface sx={{ marginBottom: '16px' }}>
      <TagEditor tag={null} {...props} onCancel={props.onClose} />
    </Surface>
  )
}

function ExistingTag({ tagId, ...props }: Props) {
  const { data: tag, error, refetch, isFetching } = useQuery(tagOptions(tagId))
  if (tag === undefined) {
    if (error === null) return <Skeleton height={320} round />
    return error instanceof ApiError && error.status === 404 ? (
      <Refused reason="There is no such tag any more." onClose={props.onClose} />
    ) : (
      <ErrorState
        title="The tag could not be read"
        error={error}
        retrying={isFetching}
        onRetry={() => void refetch()}
      />
    )
  }
  const decision = mayEditTag(props.actor, tag)
  if (!decision.allowed) return <Refused reason={decision.reason} onClose={props.onClose} />
  return (
    <Surface sx={{ marginBottom: '16px' }}>
      <TagEditor tag={tag} {...props} onCancel={props.onClose} />
    </Surface>
  )
}

function Refused({ reason, onClose }: { reason: string; onClose: () => void }) {
  return (
    <div style={{ marginBottom: 16 }}>
      <EmptyState
        title="This tag can’t be edited here"
        actions={<Button onClick={onClose}>Close</Button>}
      >
        {reason}
      </EmptyState>
    </div>
  )
}
