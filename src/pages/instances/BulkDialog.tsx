import { styled } from '@mui/material/styles'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Instance } from '../../api/generated/types.gen.ts'
import { actorFrom, meOptions } from '../../api/session.ts'
import { visibilityWords } from '../../features/launch/instance-words.ts'
import { type BulkAction, planBulk } from '../../rules/bulk-instances.ts'
import { anonymous } from '../../rules/actor.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { SegmentedRadio } from '../../ui/SegmentedRadio.tsx'
import { bulkRuns } from './bulk-runs.ts'
import { actionWords, commandOf, countWords, effectOf } from './bulk-words.ts'
import { visibilities } from './instances-params.ts'

const List = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  maxHeight: 260,
  margin: '8px 0 16px',
  padding: 0,
  overflowY: 'auto',
  listStyle: 'none',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: 10,
  '& li': { padding: '8px 14px' },
  '& li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& b': { fontWeight: 600, color: theme.vars.palette.text.primary },
  '& code': {
    fontFamily: 'var(--wd-mono)',
    fontSize: 12,
    color: theme.vars.palette.text.tertiary,
  },
  '& li > span': { display: 'block', overflowWrap: 'anywhere' },
}))

const leads: Record<BulkAction['kind'], string> = {
  pause: 'You get their slots back until you resume them.',
  resume: 'Each takes one of your slots again.',
  terminate: 'This can’t be undone. Their apps stay in the catalog.',
  share: 'What runs goes on; who may open it changes at once.',
}

/** A list this long is read by nobody; the count says the rest. */
const listed = 40

type Props = {
  action: BulkAction
  instances: readonly Instance[]
  publicMode: boolean
  onAction: (action: BulkAction) => void
  onClose: () => void
}

/** Before anything is done to several instances: what will happen to each, and what is left as it is, and why. */
export function BulkDialog({ action, instances, publicMode, onAction, onClose }: Props) {
  const client = useQueryClient()
  const { data: me } = useQuery(meOptions())
  const slots = me?.limits.instances ?? { used: 0, max: 0 }
  // What was chosen when it was opened: what ends meanwhile is said by its result.
  const [chosen] = useState(instances)
  const now = new Map(instances.map((each) => [each.id, each]))
  const current = chosen.map((each) => now.get(each.id) ?? each)
  const { todo, skipped } = planBulk(
    action,
    current,
    me === undefined ? anonymous : actorFrom(me),
    slots,
  )
  const { verb } = actionWords[action.kind]
  const [first] = todo
  return (
    <ConfirmDialog
      open
      wide
      title={`${action.kind === 'share' ? 'Change who may open' : verb} ${countWords(current.length)}?`}
      destructive={action.kind === 'terminate'}
      confirmLabel={todo.length === 0 ? null : `${verb} ${todo.length}`}
      onCancel={onClose}
      onConfirm={() => {
        void bulkRuns.start(client, {
          userId: me?.user?.id ?? '',
          action,
          isUndo: false,
          items: todo.map(({ id, app, visibility }) => ({
            id,
            title: app.title,
            version: app.version,
            visibility,
            to: action.kind === 'share' ? action.to : null,
            state: 'left',
            words: null,
          })),
        })
        onClose()
      }}
    >
      {action.kind === 'share' && (
        <div style={{ margin: '4px 0 16px' }}>
          <SegmentedRadio
            legend="Open to"
            options={visibilities
              .filter((each) => each !== 'PUBLIC' || publicMode)
              .map((each) => ({ value: each, label: visibilityWords[each] }))}
            value={action.to}
            onChange={(to) => onAction({ kind: 'share', to })}
          />
        </div>
      )}
      {todo.length > 0 && (
        <>
          {leads[action.kind]}
          <List aria-label="What will happen">
            {todo.slice(0, listed).map((instance) => (
              <li key={instance.id}>
                <b>{instance.app.title}</b> <code>{instance.app.version}</code>
                <span>{effectOf(action, instance)}</span>
              </li>
            ))}
            {todo.length > listed && <li>and {todo.length - listed} more</li>}
          </List>
        </>
      )}
      {skipped.length > 0 && (
        <>
          {todo.length === 0 ? 'There is nothing to do:' : `${skipped.length} left as they are:`}
          <List aria-label="Left as they are">
            {skipped.slice(0, listed).map(({ instance, reason }) => (
              <li key={instance.id}>
                <b>{instance.app.title}</b> <code>{instance.app.version}</code>
                <span>{reason}</span>
              </li>
            ))}
            {skipped.length > listed && <li>and {skipped.length - listed} more</li>}
          </List>
        </>
      )}
      {first !== undefined && <CommandLine command={commandOf(action, first.id)} />}
    </ConfirmDialog>
  )
}
