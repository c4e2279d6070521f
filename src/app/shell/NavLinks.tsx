import { styled } from '@mui/material/styles'
import { Link, useLocation } from 'react-router'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { NavItem } from './nav.tsx'

const List = styled('ul')(({ theme }) => ({
  display: 'flex',
  gap: 4,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& a': {
    ...theme.typography.body1,
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    minHeight: 36,
    padding: '6px 10px',
    borderRadius: radius.control,
    fontWeight: 500,
    textDecoration: 'none',
    color: theme.vars.palette.text.secondary,
  },
  '& a:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& a[aria-current]': {
    color: theme.vars.palette.primary.main,
    backgroundColor: theme.vars.palette.primary.soft,
  },
  '& [data-count]': {
    ...theme.typography.caption,
    fontVariantNumeric: 'tabular-nums',
    marginInlineStart: 'auto',
  },
  '&[data-layout="column"]': { flexDirection: 'column', gap: 2 },
  // Between the logo and the account there is no room for more than words.
  '&[data-layout="row"]': {
    '& a': { whiteSpace: 'nowrap', paddingInline: 8 },
    [theme.breakpoints.down('md')]: { gap: 0, '& a': { paddingInline: 6 } },
    '& svg': { display: 'none' },
  },
  '&[data-layout="bottom"]': {
    gap: 0,
    '& li': { flex: 1 },
    '& a': {
      ...theme.typography.caption,
      position: 'relative',
      flexDirection: 'column',
      justifyContent: 'center',
      gap: 2,
      minHeight: 56,
      padding: 6,
      borderRadius: 0,
      fontWeight: 500,
    },
    '& a:focus-visible': { outlineOffset: -3 },
    '& a[aria-current]': { backgroundColor: 'transparent' },
    '& [data-count]': {
      position: 'absolute',
      top: 6,
      left: 'calc(50% + 12px)',
      margin: 0,
      padding: '0 5px',
      borderRadius: radius.round,
      color: theme.vars.palette.primary.main,
      backgroundColor: theme.vars.palette.primary.soft,
    },
  },
}))

type Props = { items: NavItem[]; layout: 'column' | 'row' | 'bottom' }

export function NavLinks({ items, layout }: Props) {
  const { pathname } = useLocation()
  return (
    <List data-layout={layout}>
      {items.map((item) => (
        <li key={item.to}>
          <Link
            to={item.to}
            aria-current={
              pathname === item.to ? 'page' : item.covers(pathname) ? 'true' : undefined
            }
            onPointerEnter={() => void item.preload()}
            onFocus={() => void item.preload()}
          >
            <Icon name={item.icon} />
            {layout === 'bottom' ? item.shortLabel : item.label}
            {item.count > 0 && (
              <span data-count="">
                {item.count}
                <VisuallyHidden> running</VisuallyHidden>
              </span>
            )}
          </Link>
        </li>
      ))}
    </List>
  )
}
