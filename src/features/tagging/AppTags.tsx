import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useMutation } from '@tanstack/react-query'
import { Suspense, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { App } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { type AppTagChange, changeAppTagsOptions, type RefusedTag } from '../../api/tags.ts'
import { paths } from '../../paths.ts'
import { maySeeTags } from '../../rules/tags.ts'
import { Chip } from '../../ui/Chip.tsx'
import { describeError } from '../../ui/describe-error.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Surface } from '../../ui/Surface.tsx'
import { counted } from './counted.ts'
import { WhoSees } from './WhoSees.tsx'

const AppTagsDialog = lazyPart(async () => (await import('./AppTagsDialog.tsx')).AppTagsDialog)

const Panel = styled(Surface)(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  padding: '16px 20px 18px',
  '& h2': { ...theme.typography.h2, margin: 0 },
  '& > p': { margin: 0, color: theme.vars.palette.text.secondary },
  '& > button': { justifySelf: 'start' },
})) as typeof Surface

const Tags = styled('ul')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 6,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': { maxWidth: '100%' },
  '& a': { display: 'flex', borderRadius: 6, textDecoration: 'none' },
  '& a:hover': { textDecoration: 'underline' },
})

const Done = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 8,
  padding: '8px 12px',
  borderRadius: 8,
  backgroundColor: theme.vars.palette.background.sunken,
  overflowWrap: 'anywhere',
  '& > p': { flex: '1 1 120px', margin: 0 },
  '& > ul': { flex: '1 1 100%', margin: 0, paddingInlineStart: 20 },
}))

type Outcome = { change: AppTagChange; refused: readonly RefusedTag[]; isUndo: boolean }

/** An app’s tags, who sees it through them, and – for those who may – other tags. */
export function AppTags({ app }: { app: App }) {
  const actor = useActor()
  const [isOpen, setOpen] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const save = useMutation(changeAppTagsOptions())
  const canSee = maySeeTags(actor).allowed
  const carryOut = (change: AppTagChange, isUndo: boolean) =>
    save.mutate(change, {
      onSuccess: (refused) => {
        setOutcome({ change: done(change, refused), refused, isUndo })
        close()
      },
    })
  const close = () => {
    setOpen(false)
    setTimeout(() => opener.current?.focus())
  }
  return (
    <Panel aria-labelledby="app-tags">
      <h2 id="app-tags">Tags</h2>
      {app.tags.length === 0 ? (
        <p>It has none.</p>
      ) : (
        <Tags aria-label="Tags">
          {app.tags.map((tag) => (
            <li key={tag.id}>
              {canSee ? (
                <Link to={paths.tag(tag.id)}>
                  <Chip title={tag.title} color={tag.color} />
                </Link>
              ) : (
                <Chip title={tag.title} color={tag.color} />
              )}
            </li>
          ))}
        </Tags>
      )}
      {canSee && (
        <Button ref={opener} size="small" onClick={() => setOpen(true)}>
          Change tags…
        </Button>
      )}
      {outcome !== null && (
        <Report
          outcome={outcome}
          undoing={save.isPending}
          onUndo={() => {
            const { appId, assign, remove } = outcome.change
            carryOut({ appId, assign: remove, remove: assign }, true)
          }}
        />
      )}
      <WhoSees app={app} actor={actor} />
      <Suspense>
        {isOpen && (
          <AppTagsDialog
            app={app}
            actor={actor}
            saving={save.isPending}
            error={save.error}
            onSave={(change) => carryOut(change, false)}
            onClose={close}
          />
        )}
      </Suspense>
    </Panel>
  )
}

/** What of a change there is to take back. */
function done(change: AppTagChange, refused: readonly RefusedTag[]): AppTagChange {
  const went = ({ id }: { id: string }) => !refused.some(({ tag }) => tag.id === id)
  return { ...change, assign: change.assign.filter(went), remove: change.remove.filter(went) }
}

type ReportProps = { outcome: Outcome; undoing: boolean; onUndo: () => void }

function Report({ outcome, undoing, onUndo }: ReportProps) {
  const { change, refused, isUndo } = outcome
  const count = change.assign.length + change.remove.length
  return (
    <Done role="status" aria-label="What was done">
      <p>
        {isUndo
          ? 'Its tags are as they were.'
          : [
              change.assign.length > 0 ? `${counted(change.assign.length, 'tag')} added` : '',
              change.remove.length > 0 ? `${counted(change.remove.length, 'tag')} removed` : '',
              refused.length > 0 ? `${counted(refused.length, 'tag')} refused` : '',
            ]
              .filter((part) => part !== '')
              .join(', ')}
      </p>
      {!isUndo && count > 0 && (
        <Button size="small" aria-disabled={undoing} onClick={() => !undoing && onUndo()}>
          {undoing ? 'Undoing…' : 'Undo'}
        </Button>
      )}
      {refused.length > 0 && (
        <ul>
          {refused.map(({ tag, error }) => (
            <li key={tag.id}>
              {tag.title}: {describeError(error).message}
            </li>
          ))}
        </ul>
      )}
    </Done>
  )
}
