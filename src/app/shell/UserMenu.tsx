import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Suspense, useId } from 'react'
import { Link, useLocation } from 'react-router'
import type { Me } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { accessWords } from './access-words.ts'
import { Person } from './Person.ts'

type Place = 'sidebar' | 'topBar'

const Root = styled('div')({ display: 'flex', alignItems: 'center', gap: 8 })

const Trigger = styled('button')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minWidth: 44,
  minHeight: 44,
  padding: '6px 8px',
  border: 0,
  borderRadius: radius.m,
  background: 'none',
  color: theme.vars.palette.text.secondary,
  font: 'inherit',
  textAlign: 'start',
  cursor: 'pointer',
  '&:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& > svg': { flex: 'none', color: theme.vars.palette.text.tertiary },
}))

const Panel = styled('div')(({ theme }) => ({
  position: 'fixed',
  inset: 'auto',
  width: 260,
  maxWidth: 'calc(100vw - 24px)',
  margin: 0,
  padding: 16,
  border: `1px solid ${theme.vars.palette.line.strong}`,
  borderRadius: radius.l,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  boxShadow: theme.vars.palette.floating.shadow,
  '&[data-place="sidebar"]': { left: 12, bottom: 64 },
  '&[data-place="topBar"]': { right: 12, top: 60 },
  '&:popover-open': { display: 'grid', gap: 16 },
}))

// Closed at first: what it holds comes after the page.
const AccountPanel = lazyPart(async () => (await import('./AccountPanel.tsx')).AccountPanel)

/** A disclosure, not a menu: it holds a choice and a button. The browser's popover closes it as people expect. */
export function UserMenu({ me, place }: { me: Me; place: Place }) {
  const panelId = useId()
  const { pathname, search } = useLocation()
  const { user } = me

  return (
    <Root>
      {user === null && (
        <Button
          variant="contained"
          component={Link}
          to={paths.signIn(pathname + search)}
          sx={place === 'sidebar' ? { flex: 1 } : null}
        >
          Sign in
        </Button>
      )}
      {user === null ? (
        <Trigger type="button" popoverTarget={panelId} aria-label="Theme">
          <Icon name="theme" />
        </Trigger>
      ) : (
        <Trigger
          type="button"
          popoverTarget={panelId}
          aria-label={place === 'topBar' ? `Your account: ${user.name}` : undefined}
          sx={place === 'sidebar' ? { flex: 1, minWidth: 0 } : null}
        >
          <Avatar id={user.id} name={user.name} />
          {place === 'sidebar' && (
            <>
              <Person>
                <b>
                  <VisuallyHidden>Your account: </VisuallyHidden>
                  {user.name}
                </b>
                <span>{accessWords(me)}</span>
              </Person>
              <Icon name="chevrons" size={16} />
            </>
          )}
        </Trigger>
      )}
      <Panel id={panelId} popover="auto" data-place={place}>
        <Suspense>
          <AccountPanel me={me} />
        </Suspense>
      </Panel>
    </Root>
  )
}
