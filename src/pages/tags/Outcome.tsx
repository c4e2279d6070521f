import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { AssignmentResults } from '../../api/generated/types.gen.ts'
import { counted } from '../../features/tagging/counted.ts'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { radius } from '../../ui/tokens.ts'
import type { NamedApp } from './TagApps.tsx'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  padding: '12px 12px 12px 16px',
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.control,
  backgroundColor: theme.vars.palette.background.paper,
  overflowWrap: 'anywhere',
  '& > div': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 },
  '& > div > p': { flex: '1 1 200px', margin: 0, fontWeight: 600 },
  '& ul': { margin: '8px 0 0', paddingInlineStart: 20 },
}))

/** What became of each version. */
export type Done = {
  readonly assigned: readonly NamedApp[]
  readonly removed: readonly NamedApp[]
  readonly unchanged: readonly NamedApp[]
  readonly refused: readonly { readonly app: NamedApp; readonly message: string }[]
  /** It took something back: that isn’t taken back again. */
  readonly isUndo: boolean
}

export function doneOf(
  results: AssignmentResults['results'],
  apps: readonly NamedApp[],
  isUndo = false,
): Done {
  const named = results.flatMap((result) => {
    const app = apps.find(({ id }) => id === result.appId)
    return app === undefined ? [] : [{ app, result }]
  })
  const having = (outcome: (typeof results)[number]['outcome']) =>
    named.flatMap(({ app, result }) => (result.outcome === outcome ? [app] : []))
  return {
    assigned: having('assigned'),
    removed: having('removed'),
    unchanged: having('unchanged'),
    refused: named.flatMap(({ app, result }) =>
      result.outcome === 'refused' ? [{ app, message: result.message ?? 'Refused.' }] : [],
    ),
    isUndo,
  }
}

type Props = {
  done: Done
  undoing: boolean
  error: unknown
  onUndo: () => void
  onClose: () => void
}

/** Says what was done, to which it could not be and why, and takes it back. */
export function Outcome({ done, undoing, error, onUndo, onClose }: Props) {
  const { assigned, removed, unchanged, refused, isUndo } = done
  const parts = [
    assigned.length > 0 ? `put on ${counted(assigned.length, 'version')}` : '',
    removed.length > 0 ? `taken from ${counted(removed.length, 'version')}` : '',
    unchanged.length > 0 ? `${counted(unchanged.length, 'version')} as before` : '',
    refused.length > 0 ? `${counted(refused.length, 'version')} refused` : '',
  ].filter((part) => part !== '')
  const words = parts.join(', ')
  return (
    <Root role="status" aria-label="What was done">
      <div>
        <p>
          {isUndo ? 'Undone: ' : 'Done: '}
          {words === '' ? 'nothing had to change' : words}.
        </p>
        {!isUndo && assigned.length + removed.length > 0 && (
          <Button size="small" aria-disabled={undoing} onClick={() => !undoing && onUndo()}>
            {undoing ? 'Undoing…' : 'Undo'}
          </Button>
        )}
        <Button size="small" variant="text" onClick={onClose}>
          Close
        </Button>
      </div>
      {refused.length > 0 && (
        <ul>
          {refused.map(({ app, message }) => (
            <li key={app.id}>
              {app.title} {app.version}: {message}
            </li>
          ))}
        </ul>
      )}
      {error !== null && <ActionError error={error} />}
    </Root>
  )
}
