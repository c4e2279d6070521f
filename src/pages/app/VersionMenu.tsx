import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { styled } from '@mui/material/styles'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import type { App, AppVersion } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { menuContainer } from '../../ui/menu-container.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'

const Trigger = styled('button')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  gap: 4,
  margin: '0 0 0 -6px',
  padding: '2px 4px 2px 6px',
  minHeight: 28,
  border: 0,
  borderRadius: 6,
  background: 'none',
  color: theme.vars.palette.text.secondary,
  fontFamily: 'var(--wd-mono)',
  fontSize: 12.5,
  cursor: 'pointer',
  '&:hover, &[aria-expanded="true"]': {
    backgroundColor: theme.vars.palette.idle.soft,
    color: theme.vars.palette.text.primary,
  },
}))

const Plain = styled('code')({ fontFamily: 'var(--wd-mono)', fontSize: 12.5 })

const Line = styled('span')(({ theme }) => ({
  display: 'grid',
  gap: 2,
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 13 },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.secondary },
}))

const words: Record<AppVersion['visibility'], string> = {
  PRIVATE: 'private',
  ALL_USERS: 'all users',
  PUBLIC: 'everybody',
}

/** The newest; more than that is for a page and not for a menu. */
const listed = 12

type Props = { app: App; versions: readonly AppVersion[] }

/** The version, and a way to the others that one may see. */
export function VersionMenu({ app, versions }: Props) {
  const menuId = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const close = () => setAnchor(null)
  if (versions.length < 2) return <Plain>{app.version}</Plain>
  return (
    <>
      <Trigger
        type="button"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor === null ? undefined : menuId}
        aria-label={`Version ${app.version}, choose another`}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {app.version}
        <Icon name="chevron" size={14} />
      </Trigger>
      <Menu
        id={menuId}
        container={menuContainer}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
      >
        {versions.slice(0, listed).map(({ id, version, visibility, createdAt }) => (
          <MenuItem
            key={id}
            component={Link}
            to={paths.app(id)}
            selected={id === app.id}
            aria-current={id === app.id ? 'page' : undefined}
            onClick={close}
          >
            <Line>
              <code>{version}</code>
              <small>
                {words[visibility]} · imported <RelativeTime time={createdAt} />
              </small>
            </Line>
          </MenuItem>
        ))}
        {versions.length > listed && (
          <MenuItem component={Link} to={paths.appTab(app.id, 'versions')} onClick={close}>
            All {versions.length} versions
          </MenuItem>
        )}
      </Menu>
    </>
  )
}
