import Divider from '@mui/material/Divider'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { environmentOptions } from '../../api/environment.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import type { Decision } from '../../rules/decision.ts'
import { menuContainer } from '../../ui/menu-container.ts'
import { visibilityWords } from './instance-words.ts'

const Line = styled('span')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  maxWidth: 280,
  whiteSpace: 'normal',
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
}))

const Check = styled('span')({ width: 20, flex: 'none' })

const visibilities = ['PRIVATE', 'ALL_USERS', 'PUBLIC'] as const

type Props = {
  instance: Instance
  control: Decision
  onShare: (visibility: Instance['visibility']) => void
  onTerminate: () => void
}

export function InstanceMenu({ instance, control, onShare, onTerminate }: Props) {
  const menuId = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  // A list has many of these; most are never opened.
  const [isNeeded, setNeeded] = useState(false)
  const { data: environment } = useQuery(environmentOptions())
  const reason = control.allowed ? null : control.reason
  const close = () => setAnchor(null)
  const then = (act: () => void) => () => {
    if (reason !== null) return
    close()
    act()
  }
  const offered = visibilities.filter(
    (each) => each !== 'PUBLIC' || environment?.publicMode || instance.visibility === 'PUBLIC',
  )

  return (
    <>
      <IconButton
        aria-label={`More for ${instance.app.title}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor === null ? undefined : menuId}
        onClick={(event) => {
          setAnchor(event.currentTarget)
          setNeeded(true)
        }}
        sx={{ width: 32, height: 32, fontSize: 16 }}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
          <circle cx="3" cy="8" r="1.4" />
          <circle cx="8" cy="8" r="1.4" />
          <circle cx="13" cy="8" r="1.4" />
        </svg>
      </IconButton>
      {isNeeded && (
        <Menu
          id={menuId}
          container={menuContainer}
          anchorEl={anchor}
          open={anchor !== null}
          onClose={close}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
          transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        >
          {offered.map((visibility) => (
            <MenuItem
              key={visibility}
              role="menuitemradio"
              aria-checked={instance.visibility === visibility}
              aria-disabled={reason !== null}
              onClick={then(() => {
                if (visibility !== instance.visibility) onShare(visibility)
              })}
            >
              <Check aria-hidden="true">{instance.visibility === visibility ? '✓' : ''}</Check>
              <Line>
                Open to: {visibilityWords[visibility].toLocaleLowerCase()}
                {reason !== null && <small>{reason}</small>}
              </Line>
            </MenuItem>
          ))}
          <Divider />
          <MenuItem aria-disabled={reason !== null} onClick={then(onTerminate)}>
            <Line sx={{ color: reason === null ? 'error.main' : 'text.tertiary' }}>
              Terminate…{reason !== null && <small>{reason}</small>}
            </Line>
          </MenuItem>
        </Menu>
      )}
    </>
  )
}
