import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useRef } from 'react'
import type { AppImpact, TagImpact } from '../../api/generated/types.gen.ts'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'
import { counted } from './counted.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  margin: '12px 0',
  '& p': { margin: 0 },
  '& b': { fontWeight: 600, color: theme.vars.palette.text.primary },
}))

export const Caution = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  gap: 10,
  margin: 0,
  padding: '10px 12px',
  borderRadius: radius.control,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.warning.soft,
  overflowWrap: 'anywhere',
  '& svg': { flex: 'none', marginTop: 1, color: theme.vars.palette.warning.main },
}))

const List = styled('ul')(({ theme }) => ({
  maxHeight: 'min(300px, 40dvh)',
  overflowY: 'auto',
  margin: 0,
  padding: 0,
  listStyle: 'none',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.control,
  '& > li': { padding: '10px 12px', overflowWrap: 'anywhere' },
  '& > li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& ul': { margin: '4px 0 0', padding: 0, listStyle: 'none' },
  '& ul li': { display: 'flex', gap: 8 },
  '& ul li > span:first-of-type': { flex: 'none', width: '1ch', textAlign: 'center' },
  '& [data-gains] > span:first-of-type': { color: theme.vars.palette.success.main },
  '& [data-loses] > span:first-of-type': { color: theme.vars.palette.error.main },
}))

type Props = {
  /** `apps` may be its beginning. */
  impact: TagImpact
  /** More of them are on their way. */
  loading?: boolean
  onMore?: () => void
}

/** Who gains and who loses sight of which app, and what to beware of. */
export function ImpactReport({ impact, loading = false, onMore }: Props) {
  const { apps, totalSize, gained, lost, privateCount, warnings } = impact
  const list = useRef<HTMLUListElement>(null)
  return (
    <Root>
      {warnings.map(({ code, message }) => (
        <Caution key={code}>
          <Icon name="warning" size={18} />
          <span>{message}</span>
        </Caution>
      ))}
      {totalSize === 0 ? (
        <p>Nobody gains or loses sight of an app by this.</p>
      ) : (
        <>
          <p>
            <b>
              {gained.toLocaleString('en')} gained, {lost.toLocaleString('en')} lost
            </b>{' '}
            on {counted(totalSize, 'version')}, counted by version and role.
          </p>
          <List ref={list} aria-label="Who gains and who loses" tabIndex={0}>
            {apps.map((app) => (
              <AppLine key={app.id} app={app} />
            ))}
          </List>
          {totalSize > apps.length && (
            <Button
              size="small"
              variant="text"
              sx={{ justifySelf: 'start' }}
              aria-disabled={loading}
              onClick={() => {
                if (loading) return
                // The button may go with the last of them.
                list.current?.focus()
                onMore?.()
              }}
            >
              {loading
                ? 'Loading…'
                : `Show more of the ${counted(totalSize - apps.length, 'other version')}`}
            </Button>
          )}
        </>
      )}
      {privateCount > 0 && (
        <p>
          {privateCount === 1
            ? 'The same holds for 1 private version, once it is published.'
            : `The same holds for ${privateCount.toLocaleString('en')} private versions, once they are published.`}
        </p>
      )}
    </Root>
  )
}

function AppLine({ app }: { app: AppImpact }) {
  return (
    <li>
      <b>{app.title}</b> <code>{app.version}</code>
      <ul>
        {app.gained.map((role) => (
          <li key={`+${role}`} data-gains="">
            <span aria-hidden="true">+</span>
            <span>
              visitors with <code>{role}</code> will see it
            </span>
          </li>
        ))}
        {app.lost.map((role) => (
          <li key={`-${role}`} data-loses="">
            <span aria-hidden="true">−</span>
            <span>
              visitors with <code>{role}</code> will not see it any more
            </span>
          </li>
        ))}
        {app.closed && (
          <li data-loses="">
            <span aria-hidden="true">!</span>
            <span>no visitor will reach it any more</span>
          </li>
        )}
      </ul>
    </li>
  )
}
