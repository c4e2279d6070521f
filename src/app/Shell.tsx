import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link, Outlet } from 'react-router'
import { useChanges } from '../api/changes.ts'
import type { Me } from '../api/generated/types.gen.ts'
import { meOptions } from '../api/session.ts'
import { paths } from '../paths.ts'
import { Brand } from '../ui/Brand.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { radius } from '../ui/tokens.ts'
import { DropTarget } from './DropTarget.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'
import { ConnectionNotice } from './shell/ConnectionNotice.tsx'
import { InstanceMeter } from './shell/InstanceMeter.tsx'
import { navItems } from './shell/nav.tsx'
import { NavLinks } from './shell/NavLinks.tsx'
import { PaletteButton } from './shell/PaletteButton.tsx'
import { UserMenu } from './shell/UserMenu.tsx'

const sidebarWidth = 232

const Root = styled('div')(({ theme }) => ({
  minHeight: '100dvh',
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gridTemplateRows: 'auto 1fr',
  [theme.breakpoints.up('lg')]: {
    gridTemplateColumns: `${sidebarWidth}px minmax(0, 1fr)`,
    gridTemplateRows: '1fr',
  },
  [theme.breakpoints.down('sm')]: { paddingBottom: 'calc(57px + env(safe-area-inset-bottom))' },
}))

const SkipLink = styled('a')(({ theme }) => ({
  position: 'fixed',
  zIndex: 20,
  top: 8,
  left: 8,
  padding: '8px 16px',
  borderRadius: radius.control,
  fontWeight: 600,
  color: theme.vars.palette.primary.contrastText,
  backgroundColor: theme.vars.palette.primary.main,
  '&:not(:focus)': { clipPath: 'inset(50%)' },
}))

const Sidebar = styled('header')(({ theme }) => ({
  display: 'none',
  [theme.breakpoints.up('lg')]: {
    display: 'flex',
    flexDirection: 'column',
    position: 'sticky',
    top: 0,
    height: '100dvh',
    overflowY: 'auto',
    padding: '18px 12px 12px',
    borderRight: `1px solid ${theme.vars.palette.line.main}`,
    backgroundColor: theme.vars.palette.background.paper,
  },
  '& > a': {
    display: 'flex',
    alignSelf: 'start',
    padding: '0 9px',
    marginBottom: 18,
    textDecoration: 'none',
  },
}))

const SidebarFoot = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: 8,
  marginTop: 'auto',
  paddingTop: 16,
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
}))

const TopBar = styled('header')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 20,
  position: 'sticky',
  zIndex: 10,
  top: 0,
  minHeight: 57,
  padding: '6px 8px 6px 16px',
  borderBottom: `1px solid ${theme.vars.palette.line.main}`,
  backgroundColor: theme.vars.palette.background.paper,
  [theme.breakpoints.up('sm')]: { paddingInline: '24px 16px' },
  [theme.breakpoints.up('lg')]: { display: 'none' },
  '& > a': { display: 'flex', textDecoration: 'none' },
  '& > nav': { [theme.breakpoints.down('sm')]: { display: 'none' } },
  '& > button': { marginInline: 'auto -16px' },
}))

const BottomBar = styled('nav')(({ theme }) => ({
  position: 'fixed',
  zIndex: 10,
  inset: 'auto 0 0',
  paddingBottom: 'env(safe-area-inset-bottom)',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  backgroundColor: theme.vars.palette.background.paper,
  [theme.breakpoints.up('sm')]: { display: 'none' },
}))

const Main = styled('main')({ minWidth: 0, outline: 'none' })

const Notices = lazyPart(async () => (await import('./shell/Notices.tsx')).Notices)

/** Counts the persons: nothing that one typed or saw stays for the next. Finding out who it is counts for nothing. */
function useGeneration(me: Me | undefined): number {
  const person = me === undefined ? undefined : (me.user?.id ?? null)
  const [shown, setShown] = useState({ person, generation: 0 })
  if (person === undefined || person === shown.person) return shown.generation
  const generation = shown.person === undefined ? shown.generation : shown.generation + 1
  setShown({ person, generation })
  return generation
}

/** The frame around every page but sign-in. */
export function Shell() {
  const { data: me } = useQuery(meOptions())
  useChanges()
  const items = navItems(me)
  const signedIn = me !== undefined && me.user !== null
  const generation = useGeneration(me)
  return (
    <Root>
      <SkipLink href="#content">Skip to the content</SkipLink>
      <Sidebar>
        <Link to={paths.catalog()} aria-label="Wavedeck, to the catalog">
          <Brand />
        </Link>
        <PaletteButton place="sidebar" />
        <nav aria-label="Main">
          <NavLinks items={items} layout="column" />
        </nav>
        <SidebarFoot>
          {signedIn && <InstanceMeter {...me.limits.instances} />}
          {me === undefined ? <Skeleton height={44} round /> : <UserMenu me={me} place="sidebar" />}
        </SidebarFoot>
      </Sidebar>
      <TopBar>
        <Link to={paths.catalog()} aria-label="Wavedeck, to the catalog">
          <Brand />
        </Link>
        <nav aria-label="Main">
          <NavLinks items={items} layout="row" />
        </nav>
        <PaletteButton place="topBar" />
        {me === undefined ? (
          <Skeleton width={44} height={44} round />
        ) : (
          <UserMenu me={me} place="topBar" />
        )}
      </TopBar>
      <Main id="content" tabIndex={-1}>
        <ConnectionNotice />
        <Suspense>
          <Notices />
        </Suspense>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet key={generation} />
        </Suspense>
      </Main>
      <BottomBar aria-label="Main">
        <NavLinks items={items} layout="bottom" />
      </BottomBar>
      <DropTarget />
    </Root>
  )
}
