import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useEffect } from 'react'
import { Link, type Location, useLocation } from 'react-router'
import { ApiError } from '../../api/errors.ts'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import { commands } from '../../rules/commands.ts'
import { mayCreateTag } from '../../rules/tags.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ConflictDialog } from './ConflictDialog.tsx'
import { ImpactDialog } from './ImpactDialog.tsx'
import { Caution } from './ImpactReport.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import { byField } from './tag-values.ts'
import { TagForm } from './TagForm.tsx'
import { useTagEdit } from './use-tag-edit.ts'

const Notice = styled(Caution)({
  flexWrap: 'wrap',
  alignItems: 'center',
  '& > span': { flex: '1 1 240px' },
}) as typeof Caution

type Props = {
  /** Null for a new one. */
  tag: TagDetail | null
  actor: Actor
  userId: string
  /** Whether the form is still there at an address: what was typed is safe until then. */
  staysAt: (location: Location) => boolean
  onSaved: (tag: TagDetail) => void
  onCancel: () => void
}

/** Makes or edits a tag, with everything that can come between typing and saving. */
export function TagEditor({ tag, actor, userId, staysAt, onSaved, onCancel }: Props) {
  const { pathname, search } = useLocation()
  const edit = useTagEdit({ tag, userId, onSaved })
  const { isRestored, newer, conflict, error } = edit
  const { setFocus } = edit.form
  // It was opened to be typed into.
  useEffect(() => setFocus('title'), [setFocus])
  const title = tag === null ? 'New tag' : `Edit ${tag.title}`
  const rest = error instanceof ApiError ? byField(error.violations).rest : []
  // What stands at a field, or in the comparison, isn’t said a second time.
  const isSaid =
    error instanceof ApiError &&
    (error.status === 412 || (error.violations.length > 0 && rest.length === 0))
  return (
    <>
      <TagForm
        label={title}
        form={edit.form}
        isNew={tag === null}
        isUnchanged={!edit.isDirty}
        saving={edit.saving}
        command={
          tag === null ? commands.createTag(edit.values) : commands.updateTag(tag.id, edit.change)
        }
        onSubmit={edit.submit}
        onCancel={onCancel}
        notices={
          <>
            {isRestored && edit.isDirty && (
              <Notice role="status">
                <Icon name="info" size={18} />
                <span>What you typed here before, and didn’t save, is here again.</span>
                <Button size="small" onClick={edit.startOver}>
                  Start over
                </Button>
              </Notice>
            )}
            {newer !== null && conflict === null && (
              <Notice role="status">
                <Icon name="warning" size={18} />
                <span>Somebody else changed this tag since you began.</span>
                <Button size="small" onClick={() => edit.compare(newer)}>
                  {edit.isDirty ? 'Compare' : 'Show it as it is now'}
                </Button>
              </Notice>
            )}
            {edit.isGone && tag !== null ? (
              <Notice role="alert">
                <Icon name="warning" size={18} />
                <span>
                  This tag was deleted meanwhile. What you typed is still here; a new one would be
                  on no app.
                </span>
                {mayCreateTag(actor).allowed && (
                  <Button size="small" onClick={edit.makeAgain}>
                    Create it again
                  </Button>
                )}
              </Notice>
            ) : error instanceof ApiError && error.status === 401 ? (
              <Notice role="alert">
                <Icon name="warning" size={18} />
                <span>Your session has ended. What you typed is kept until you sign in again.</span>
                <Button size="small" component={Link} to={paths.signIn(pathname + search)}>
                  Sign in
                </Button>
              </Notice>
            ) : (
              error !== null &&
              !isSaid && <ErrorState title="The tag could not be saved" error={error} />
            )}
          </>
        }
      />
      {edit.plan !== null && tag !== null && (
        <ImpactDialog
          tagId={tag.id}
          plan={edit.plan}
          title={`Save the changes to ${tag.title}?`}
          confirmLabel={edit.saving ? 'Saving…' : 'Save changes'}
          busy={edit.saving}
          error={null}
          commands={[commands.updateTag(tag.id, edit.change)]}
          onConfirm={edit.confirm}
          onCancel={edit.unconfirm}
        />
      )}
      {conflict !== null && (
        <ConflictDialog {...conflict} onJoin={edit.join} onCancel={edit.stopComparing} />
      )}
      {edit.isDirty && (
        <LeaveGuard
          // Whoever goes to sign in finds it again.
          blocks={({ nextLocation }) =>
            edit.wouldLose() && nextLocation.pathname !== paths.signIn() && !staysAt(nextLocation)
          }
          onLeave={edit.finish}
        />
      )}
    </>
  )
}
