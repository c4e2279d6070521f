import Divider from '@mui/material/Divider'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { styled } from '@mui/material/styles'
import { Suspense, useId, useState } from 'react'
import { Link } from 'react-router'
import type { TagDetail } from '../../api/generated/types.gen.ts'
import { paths } from '../../paths.ts'
import type { Actor } from '../../rules/actor.ts'
import type { Decision } from '../../rules/decision.ts'
import { mayDeleteTag, mayEditTag, mayMergeTags } from '../../rules/tags.ts'
import { Icon } from '../../ui/Icon.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { menuContainer } from '../../ui/menu-container.ts'

const DeleteTagDialog = lazyPart(
  async () => (await import('./DeleteTagDialog.tsx')).DeleteTagDialog,
)
const MergeDialog = lazyPart(async () => (await import('./MergeDialog.tsx')).MergeDialog)

const Line = styled('span')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  maxWidth: 280,
  whiteSpace: 'normal',
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
}))

type Props = {
  tag: TagDetail
  actor: Actor
  label: string
  /** It was deleted, or merged into the tag with this id. */
  onGone?: (into: string | null) => void
}

/** What else can be done with a tag. What somebody may not do says why. */
export function TagMenu({ tag, actor, label, onGone }: Props) {
  const menuId = useId()
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [asking, setAsking] = useState<'nothing' | 'merge' | 'delete'>('nothing')
  const assigning = mayEditTag(actor, tag)
  const deleting = mayDeleteTag(actor)
  const merging = mayMergeTags(actor)
  const ask = (what: 'merge' | 'delete') => () => {
    setOpen(false)
    setAsking(what)
  }
  const stop = () => {
    setAsking('nothing')
    // The menu item that opened the dialog is gone with its menu.
    setTimeout(() => opener?.focus())
  }
  const gone = (into: string | null) => {
    setAsking('nothing')
    onGone?.(into)
  }
  return (
    <>
      <IconButton
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        sx={{ width: 32, height: 32 }}
        onClick={(event) => {
          setOpener(event.currentTarget)
          setOpen(true)
        }}
      >
        <Icon name="more" size={18} />
      </IconButton>
      {/* A list has many of these, and few are opened. */}
      {opener !== null && (
        <Menu
          id={menuId}
          container={menuContainer}
          anchorEl={opener}
          open={isOpen}
          onClose={() => setOpen(false)}
        >
          <MenuItem component={Link} to={paths.catalogTag(tag.name, tag.isCategory)}>
            See its apps in the catalog
          </MenuItem>
          {assigning.allowed ? (
            <MenuItem component={Link} to={paths.tagAssign(tag.id)}>
              Assign to apps…
            </MenuItem>
          ) : (
            <Refused label="Assign to apps…" decision={assigning} />
          )}
          <Divider />
          {merging.allowed ? (
            <MenuItem onClick={ask('merge')}>Merge into another…</MenuItem>
          ) : (
            <Refused label="Merge into another…" decision={merging} />
          )}
          {deleting.allowed ? (
            <MenuItem onClick={ask('delete')} sx={{ color: 'error.main' }}>
              Delete…
            </MenuItem>
          ) : (
            <Refused label="Delete…" decision={deleting} />
          )}
        </Menu>
      )}
      <Suspense>
        {asking === 'merge' && (
          <MergeDialog tag={tag} onClose={stop} onMerged={({ id }) => gone(id)} />
        )}
        {asking === 'delete' && (
          <DeleteTagDialog tag={tag} onClose={stop} onDeleted={() => gone(null)} />
        )}
      </Suspense>
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
