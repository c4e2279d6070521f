import { styled } from '@mui/material/styles'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { PreflightLine } from './preflight.ts'

const List = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gap: 8,
  margin: '8px 0 0',
  padding: 0,
  listStyle: 'none',
  fontVariantNumeric: 'tabular-nums',
  '& li': {
    display: 'grid',
    gridTemplateColumns: '18px minmax(0, 1fr)',
    gap: 8,
    overflowWrap: 'anywhere',
  },
  '& svg': { width: 18, height: 18, marginTop: 1 },
  '& small': {
    ...theme.typography.caption,
    display: 'block',
    marginTop: 1,
    color: theme.vars.palette.text.tertiary,
  },
  '& [data-state="ok"] svg': { color: theme.vars.palette.success.main },
  '& [data-state="warning"] svg': { color: theme.vars.palette.warning.main },
  '& [data-state="blocking"] svg': { color: theme.vars.palette.error.main },
}))

const icons = { ok: 'ok', warning: 'warning', blocking: 'error' } as const
const spoken = { ok: 'Fine: ', warning: 'Mind: ', blocking: 'In the way: ' }

type Props = { lines: readonly PreflightLine[]; isChecking: boolean }

/** What was looked at before an import, each with who can help where it isn't fine. */
export function PreflightList({ lines, isChecking }: Props) {
  return (
    <section aria-label="Before the import">
      <h3>Before the import</h3>
      <List aria-busy={isChecking}>
        {lines.map(({ key, state, words, help, appId }) => (
          <li key={key} data-state={state}>
            <Icon name={icons[state]} />
            <div>
              <VisuallyHidden>{spoken[state]}</VisuallyHidden>
              {words}
              {help !== undefined && <small>{help}</small>}
              {appId !== undefined && (
                <small>
                  <Link to={paths.app(appId)}>See the one that is there</Link>
                </small>
              )}
            </div>
          </li>
        ))}
      </List>
    </section>
  )
}
