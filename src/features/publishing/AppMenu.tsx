import Button from '@mui/material/Button'
import Divider from '@mui/material/Divider'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { styled } from '@mui/material/styles'
import { type MouseEvent, useId, useState } from 'react'
import { bundleUrl } from '../../api/apps.ts'
import type { AppVersion } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import {
  mayChangeAppVisibility,
  mayChangeDefaultProfile,
  mayDeleteApp,
  mayDownloadBundle,
  ownsApp,
} from '../../rules/apps.ts'
import type { Decision } from '../../rules/decision.ts'
import { publishSteps } from '../../rules/publishing.ts'
import { Icon } from '../../ui/Icon.tsx'
import { menuContainer } from '../../ui/menu-container.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import type { ManagedApp } from './managed-app.ts'
import { ProfileDialog } from './ProfileDialog.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { VisibilityDialog } from './VisibilityDialog.tsx'

const Line = styled('span')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  maxWidth: 280,
  whiteSpace: 'normal',
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
}))

type Asking = 'nothing' | 'visibility' | 'profile' | 'publish' | 'delete'

type Props = {
  app: ManagedApp
  /** All versions of its name that the actor may see. */
  versions: readonly AppVersion[]
  /** “Manage sales-forecast 1.2.0”: what the button says, or is called where it is an icon. */
  label: string
  look: 'button' | 'icon'
  onDeleted: () => void
}

/** What an author or an admin can do with a version. Nothing for anybody else. */
export function AppMenu({ app, versions, label, look, onDeleted }: Props) {
  const actor = useActor()
  const menuId = useId()
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [asking, setAsking] = useState<Asking>('nothing')
  const change = mayChangeAppVisibility(actor, app)
  if (!change.allowed) return null
  const stop = () => {
    setAsking('nothing')
    // The menu item that opened the dialog is gone with its menu.
    setTimeout(() => opener?.focus())
  }
  const ask = (what: Asking) => () => {
    setOpen(false)
    setAsking(what)
  }
  const download = mayDownloadBundle(actor, app)
  const canPublish = ownsApp(actor, app) && publishSteps(versions, app.id).length > 0
  const opens = {
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? menuId : undefined,
    onClick: (event: MouseEvent<HTMLElement>) => {
      setOpener(event.currentTarget)
      setOpen(true)
    },
  } as const
  return (
    <>
      {look === 'icon' ? (
        <IconButton {...opens} aria-label={label} sx={{ width: 32, height: 32 }}>
          <Icon name="more" size={18} />
        </IconButton>
      ) : (
        <Button {...opens} size="small" variant="text">
          {label}
        </Button>
      )}
      {/* A table has many of these, and few are opened. */}
      {opener !== null && (
        <Menu
          id={menuId}
          container={menuContainer}
          anchorEl={opener}
          open={isOpen}
          onClose={() => setOpen(false)}
        >
          {canPublish && <MenuItem onClick={ask('publish')}>Publish this version…</MenuItem>}
          <MenuItem onClick={ask('visibility')}>Change who sees it…</MenuItem>
          {app.lifecycle !== 'LINK' && mayChangeDefaultProfile(actor, app).allowed && (
            <MenuItem onClick={ask('profile')}>Change its default profile…</MenuItem>
          )}
          {download.allowed ? (
            <MenuItem
              component="a"
              href={bundleUrl(app.id)}
              download
              onClick={() => setOpen(false)}
            >
              Download the bundle
            </MenuItem>
          ) : (
            <Refused label="Download the bundle" decision={download} />
          )}
          <Divider />
          {mayDeleteApp(actor, app).allowed && <MenuItem onClick={ask('delete')}>Delete…</MenuItem>}
        </Menu>
      )}
      {asking === 'visibility' && <VisibilityDialog app={app} onClose={stop} />}
      {asking === 'profile' && <ProfileDialog app={app} onClose={stop} />}
      {asking === 'publish' && <PublishDialog app={app} versions={versions} onClose={stop} />}
      {asking === 'delete' && (
        <DeleteDialog
          app={app}
          onClose={stop}
          onDeleted={() => {
            stop()
            onDeleted()
          }}
        />
      )}
    </>
  )
}

function Refused({ label, decision }: { label: string; decision: Decision }) {
  return (
    <MenuItem aria-disabled="true">
      <Line>
        {label}
        <small>{decision.allowed ? '' : decision.reason}</small>
      </Line>
    </MenuItem>
  )
}
