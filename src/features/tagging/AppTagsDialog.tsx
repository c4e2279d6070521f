import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { App, TagDetail } from '../../api/generated/types.gen.ts'
import { type AppTagChange, tagListOptions } from '../../api/tags.ts'
import type { Actor } from '../../rules/actor.ts'
import { commands } from '../../rules/commands.ts'
import { mayAssignTag, tagKinds } from '../../rules/tags.ts'
import { Chip } from '../../ui/Chip.tsx'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TextInput } from '../../ui/TextInput.ts'
import { radius } from '../../ui/tokens.ts'
import { appImpact } from './app-impact.ts'
import { ImpactReport } from './ImpactReport.tsx'
import { kindWords } from './kind-words.ts'

const List = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  height: 'min(300px, 36dvh)',
  overflowY: 'auto',
  margin: '8px 0 0',
  padding: 0,
  listStyle: 'none',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.control,
  '& > li': { contentVisibility: 'auto', containIntrinsicSize: 'auto 44px' },
  '& > li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& label': {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: '2px 10px',
    minHeight: 44,
    padding: '6px 12px',
    cursor: 'pointer',
  },
  '& label:has([aria-disabled="true"])': { cursor: 'default' },
  '& input': {
    width: 18,
    height: 18,
    margin: 0,
    accentColor: theme.vars.palette.primary.main,
    '&[aria-disabled="true"]': { opacity: 0.5 },
  },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '& [data-reason]': { gridColumn: '2 / -1' },
  '& p': { margin: 0, padding: 16 },
}))

type Props = {
  app: App
  actor: Actor
  saving: boolean
  error: unknown
  onSave: (change: AppTagChange) => void
  onClose: () => void
}

/** All tags: those on the app are checked, those that aren’t this person’s to assign say why. */
export function AppTagsDialog({ app, actor, saving, error, onSave, onClose }: Props) {
  const list = useQuery(tagListOptions())
  const [text, setText] = useState('')
  // What was checked or unchecked here; whatever else changes meanwhile stays.
  const [wanted, setWanted] = useState<ReadonlyMap<string, boolean>>(new Map())
  const has = (id: string) => app.tags.some((tag) => tag.id === id)
  const all = list.data?.tags ?? []
  const words = text.trim().toLowerCase()
  const shown = all.filter(
    ({ name, title }) => title.toLowerCase().includes(words) || name.toLowerCase().includes(words),
  )
  const changed = all.filter(({ id }) => wanted.has(id) && wanted.get(id) !== has(id))
  const assign = changed.filter(({ id }) => !has(id))
  const remove = changed.filter(({ id }) => has(id))
  const after = [...app.tags.filter(({ id }) => !remove.some((tag) => tag.id === id)), ...assign]
  return (
    <ConfirmDialog
      open
      wide
      title={`Tags of ${app.title} ${app.version}`}
      destructive={false}
      confirmLabel={
        list.data === undefined ? null : saving ? 'Saving…' : changed.length === 0 ? 'Done' : 'Save'
      }
      busy={saving}
      error={error !== null && <ActionError error={error} />}
      onCancel={onClose}
      onConfirm={() => {
        if (changed.length === 0) onClose()
        else onSave({ appId: app.id, assign, remove })
      }}
    >
      <TextInput
        type="search"
        aria-label="Search tags"
        placeholder="Search by title or name"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {list.isPending && <Skeleton height={200} round />}
      {list.isError && <ActionError error={list.error} />}
      {list.data !== undefined && (
        <List aria-label="Tags to choose from">
          {shown.map((tag) => (
            <Choice
              key={tag.id}
              tag={tag}
              app={app}
              actor={actor}
              isChecked={wanted.get(tag.id) ?? has(tag.id)}
              onCheck={(isChecked) => setWanted(new Map(wanted).set(tag.id, isChecked))}
            />
          ))}
          {shown.length === 0 && (
            <li>
              <p>{all.length === 0 ? 'There are no tags yet.' : 'No tag is called so.'}</p>
            </li>
          )}
        </List>
      )}
      {changed.length > 0 && (
        <>
          <div role="status" aria-label="What this changes">
            <ImpactReport impact={appImpact(app, app.tags, after)} />
          </div>
          {assign.map(({ id }) => (
            <CommandLine key={id} command={commands.assignTag(id, app.id)} />
          ))}
          {remove.map(({ id }) => (
            <CommandLine key={id} command={commands.removeTag(id, app.id)} />
          ))}
        </>
      )}
    </ConfirmDialog>
  )
}

type ChoiceProps = {
  tag: TagDetail
  app: App
  actor: Actor
  isChecked: boolean
  onCheck: (isChecked: boolean) => void
}

function Choice({ tag, app, actor, isChecked, onCheck }: ChoiceProps) {
  const reasonId = useId()
  const decision = mayAssignTag(actor, tag, app)
  return (
    <li>
      <label>
        <input
          type="checkbox"
          aria-label={tag.title}
          aria-disabled={!decision.allowed}
          aria-describedby={decision.allowed ? undefined : reasonId}
          checked={isChecked}
          onChange={(event) => {
            if (decision.allowed) onCheck(event.target.checked)
          }}
        />
        <span style={{ display: 'flex', minWidth: 0 }}>
          <Chip title={tag.title} color={tag.color} />
        </span>
        <small>
          {tagKinds(tag)
            .map((kind) => kindWords[kind])
            .join(', ')}
        </small>
        {!decision.allowed && (
          <small id={reasonId} data-reason="">
            {decision.reason}
          </small>
        )}
      </label>
    </li>
  )
}
