import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import { appVersionsOptions, assignableAppsOptions } from '../../api/apps.ts'
import type { App, TagDetail } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { taggedAppsOptions } from '../../api/tags.ts'
import { counted } from '../../features/tagging/counted.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ActionError } from '../../ui/dialog-parts.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TextInput } from '../../ui/TextInput.ts'
import { radius } from '../../ui/tokens.ts'
import type { NamedApp } from './TagApps.tsx'

const List = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  height: 'min(360px, 45dvh)',
  overflowY: 'auto',
  margin: '8px 0 0',
  padding: 0,
  listStyle: 'none',
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.control,
  '& li + li': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
  '& p': { margin: 0, padding: 16 },
}))

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minHeight: 44,
  padding: '4px 8px 4px 12px',
  '& label': {
    display: 'flex',
    flex: 1,
    alignItems: 'center',
    gap: 10,
    minWidth: 0,
    minHeight: 36,
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    color: theme.vars.palette.text.primary,
  },
  '& label:has(:disabled)': { cursor: 'default', color: theme.vars.palette.text.tertiary },
  '& input': {
    flex: 'none',
    width: 18,
    height: 18,
    margin: 0,
    accentColor: theme.vars.palette.primary.main,
  },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '&[data-version]': { paddingInlineStart: 44 },
}))

/** As many as one request takes. */
const chosenAtMost = 500

type Props = {
  tag: TagDetail
  onPick: (apps: NamedApp[]) => void
  onClose: () => void
}

/** Many apps to put a tag on, found by searching; of each the newest version, or any other. */
export function AssignDialog({ tag, onPick, onClose }: Props) {
  const actor = useActor()
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<ReadonlyMap<string, NamedApp>>(new Map())
  const wanted = useDeferredValue(text.trim())
  const found = useQuery(assignableAppsOptions(wanted, actor.admin))
  const tagged = useInfiniteQuery(taggedAppsOptions(tag.id, ''))
  const carrying = new Set(tagged.data?.pages.flatMap(({ apps }) => apps.map(({ id }) => id)))
  const pick = (app: NamedApp, isPicked: boolean) =>
    setPicked((before) => {
      const after = new Map(before)
      if (isPicked) after.set(app.id, app)
      else after.delete(app.id)
      return after
    })
  const isTooMany = picked.size > chosenAtMost
  return (
    <ConfirmDialog
      open
      wide
      title={`Put ${tag.title} on apps`}
      destructive={false}
      confirmLabel={
        picked.size === 0 ? 'Choose some first' : `Go on with ${counted(picked.size, 'version')}`
      }
      onCancel={onClose}
      ready={picked.size > 0 && !isTooMany}
      onConfirm={() => onPick([...picked.values()])}
    >
      {isTooMany
        ? `At most ${chosenAtMost} at once.`
        : 'Before anything changes you see who gains sight of what.'}
      <TextInput
        type="search"
        aria-label="Search apps"
        placeholder="Search by name, keyword, tag or owner"
        autoComplete="off"
        maxLength={200}
        value={text}
        sx={{ marginTop: '12px' }}
        onChange={(event) => setText(event.target.value)}
      />
      <List aria-label="Apps to choose from" aria-busy={found.isFetching}>
        {found.data === undefined && (
          <li>
            {found.isError ? <ActionError error={found.error} /> : <Skeleton height={120} round />}
          </li>
        )}
        {found.data?.apps.map((app) => (
          <Found key={app.id} app={app} carrying={carrying} picked={picked} onPick={pick} />
        ))}
        {found.data?.apps.length === 0 && (
          <li>
            <p>No app matches.</p>
          </li>
        )}
        {(found.data?.nextPageToken ?? null) !== null && (
          <li>
            <p>There are more. Search to find them.</p>
          </li>
        )}
      </List>
    </ConfirmDialog>
  )
}

type FoundProps = {
  app: App
  carrying: ReadonlySet<string>
  picked: ReadonlyMap<string, NamedApp>
  onPick: (app: NamedApp, isPicked: boolean) => void
}

function Found({ app, carrying, picked, onPick }: FoundProps) {
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  const versions = useQuery({ ...appVersionsOptions(app.id), enabled: isOpen })
  const others = versions.data?.versions.filter(({ id }) => id !== app.id)
  return (
    <li>
      <Line>
        <Box
          app={app}
          has={carrying.has(app.id)}
          picked={picked}
          onPick={onPick}
          icon={<AppIcon name={app.name} title={app.title} src={app.icon} size={24} />}
        >
          {app.title} <code>{app.version}</code>
        </Box>
        <Button
          size="small"
          variant="text"
          aria-label={`Other versions of ${app.title}`}
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => setOpen(!isOpen)}
        >
          Versions
        </Button>
      </Line>
      <div id={listId} hidden={!isOpen}>
        {others?.map(({ id, version }) => (
          <Line key={id} data-version="">
            <Box
              app={{ id, version, title: app.title }}
              has={carrying.has(id)}
              picked={picked}
              onPick={onPick}
            >
              <code>{version}</code>
            </Box>
          </Line>
        ))}
        {others?.length === 0 && <Line data-version="">This is the only version.</Line>}
        {versions.isError && <ActionError error={versions.error} />}
      </div>
    </li>
  )
}

type BoxProps = {
  app: NamedApp
  /** It carries the tag already. */
  has: boolean
  picked: ReadonlyMap<string, NamedApp>
  onPick: (app: NamedApp, isPicked: boolean) => void
  icon?: React.ReactNode
  children: React.ReactNode
}

function Box({ app, has, picked, onPick, icon, children }: BoxProps) {
  const { id, title, version } = app
  return (
    <label>
      <input
        type="checkbox"
        aria-label={`${title} ${version}${has ? ', has it already' : ''}`}
        checked={has || picked.has(id)}
        disabled={has}
        onChange={(event) => onPick({ id, title, version }, event.target.checked)}
      />
      {icon}
      <span>
        {children} {has && <small>has it already</small>}
      </span>
    </label>
  )
}
