import { styled } from '@mui/material/styles'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import type { App } from '../../api/generated/types.gen.ts'
import { AppMenu } from '../../features/publishing/AppMenu.tsx'
import { visibilityWords } from '../../features/publishing/visibility-words.ts'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { type OwnApp, titleOf } from './own-apps.ts'

const Root = styled('li')(({ theme }) => ({
  '& + &': { borderTop: `1px solid ${theme.vars.palette.line.main}` },
}))

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 12px',
  padding: '10px 16px',
  '& > button': {
    display: 'flex',
    flex: '1 1 220px',
    alignItems: 'center',
    gap: 12,
    minWidth: 0,
    minHeight: 44,
    padding: 0,
    border: 0,
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
  },
  '& b': { ...theme.typography.body1, fontWeight: 600, display: 'block', overflowWrap: 'anywhere' },
  '& small': { ...theme.typography.caption, color: theme.vars.palette.text.tertiary },
  '& [aria-expanded="true"] > svg:last-of-type': { transform: 'rotate(180deg)' },
}))

const Versions = styled('ul')(({ theme }) => ({
  margin: 0,
  padding: '0 0 8px',
  listStyle: 'none',
  backgroundColor: theme.vars.palette.background.sunken,
  '& > li': {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: 12,
    minHeight: 44,
    padding: '2px 16px 2px 46px',
    color: theme.vars.palette.text.secondary,
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'auto minmax(0, 1fr) minmax(0, 1fr) auto',
      '& > span:first-of-type': { display: 'none' },
    },
  },
  '& > li > a': {
    fontFamily: 'var(--wd-mono)',
    fontWeight: 600,
    color: theme.vars.palette.primary.main,
    overflowWrap: 'anywhere',
  },
}))

const Tick = styled('input')(({ theme }) => ({
  flex: 'none',
  width: 18,
  height: 18,
  margin: 0,
  accentColor: theme.vars.palette.primary.main,
}))

type Props = {
  app: OwnApp
  chosen: ReadonlySet<string>
  onChoose: (ids: readonly string[], isChosen: boolean) => void
}

/** One name: which version others get, and below it all versions. */
export function OwnAppRow({ app, chosen, onChoose }: Props) {
  const listId = useId()
  const [isOpen, setOpen] = useState(false)
  const { versions, published } = app
  const shown = published ?? versions[0]
  const title = titleOf(app)
  const chosenCount = versions.filter(({ id }) => chosen.has(id)).length
  return (
    <Root>
      <Head>
        <Tick
          type="checkbox"
          aria-label={`Choose every version of ${title}`}
          checked={chosenCount === versions.length}
          ref={(box) => {
            if (box !== null) box.indeterminate = chosenCount > 0 && chosenCount < versions.length
          }}
          onChange={(event) =>
            onChoose(
              versions.map(({ id }) => id),
              event.target.checked,
            )
          }
        />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => setOpen(!isOpen)}
        >
          <AppIcon name={app.name} title={title} src={shown?.icon ?? null} size={36} />
          <span>
            <b>{title}</b>
            <small>
              {app.name} · {versions.length === 1 ? '1 version' : `${versions.length} versions`}
            </small>
          </span>
          <Icon name="chevron" size={16} />
        </button>
        {published === undefined ? (
          <StatusLabel tone="idle">Only you see it</StatusLabel>
        ) : (
          <StatusLabel tone="ok">{published.version} published</StatusLabel>
        )}
      </Head>
      <Versions id={listId} hidden={!isOpen} aria-label={`Versions of ${title}`}>
        {versions.map((version) => (
          <Version
            key={version.id}
            app={version}
            versions={versions}
            isChosen={chosen.has(version.id)}
            onChoose={(isChosen) => onChoose([version.id], isChosen)}
          />
        ))}
      </Versions>
    </Root>
  )
}

type VersionProps = {
  app: App
  versions: readonly App[]
  isChosen: boolean
  onChoose: (isChosen: boolean) => void
}

function Version({ app, versions, isChosen, onChoose }: VersionProps) {
  return (
    <li>
      <Tick
        type="checkbox"
        aria-label={`Choose ${app.title} ${app.version}`}
        checked={isChosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <Link to={paths.app(app.id)}>{app.version}</Link>
      <span>
        imported <RelativeTime time={app.createdAt} />
      </span>
      <span>{visibilityWords(app, app.owner.id)}</span>
      <AppMenu
        app={app}
        versions={versions}
        label={`Manage ${app.title} ${app.version}`}
        look="icon"
        onDeleted={() => onChoose(false)}
      />
    </li>
  )
}
