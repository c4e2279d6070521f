import { styled } from '@mui/material/styles'
import { useRef } from 'react'
import { Link } from 'react-router'
import type { App } from '../../api/generated/types.gen.ts'
import { excerpt, matchesIn } from '../../features/listing/matches.ts'
import { TagLine } from '../../features/listing/TagLine.tsx'
import { PinButton } from '../../features/pins/PinButton.tsx'
import { paths } from '../../paths.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { Highlight } from '../../ui/Highlight.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { tableStyles } from '../../ui/table-styles.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { type ListedApps, useRowsNearby } from './app-list.ts'
import { AppAction } from './AppAction.tsx'
import { useRowsInView } from '../../ui/use-rows-in-view.ts'

const Table = styled('table')(({ theme }) => ({
  ...tableStyles(theme),
  tableLayout: 'fixed',
  '& tbody tr[aria-hidden]': { border: 0 },
  '& tbody tr[data-index]:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '&[data-compact] td, &[data-compact] th[scope="row"]': { paddingBlock: 4 },
  '& td > div': { marginTop: 0 },
  '& [data-column="tags"]': {
    width: '14%',
    [theme.breakpoints.down('xl')]: { display: 'none' },
  },
  '& [data-column="owner"]': {
    width: '15%',
    [theme.breakpoints.down('md')]: { display: 'none' },
  },
  '& [data-column="number"]': {
    width: 84,
    textAlign: 'end',
    [theme.breakpoints.down('lg')]: { display: 'none' },
  },
  '& [data-column="time"]': {
    width: 112,
    [theme.breakpoints.down('lg')]: { display: 'none' },
  },
  '& [data-column="action"]': {
    width: 288,
    [theme.breakpoints.down('lg')]: { width: 240 },
    [theme.breakpoints.down('md')]: { width: 210 },
    [theme.breakpoints.down('sm')]: { width: 112, paddingInlineStart: 0 },
  },
  // There the button says enough; its reason stands on the app's page.
  [theme.breakpoints.down('sm')]: {
    '& [data-column="action"] [data-words="text"]': { display: 'none' },
    '& [data-column="action"] [data-layout="card"]': { justifyContent: 'flex-end' },
    '& th[scope="row"] button': { display: 'none' },
  },
}))

const AppCell = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  minWidth: 0,
  '& > div': { flex: 1, minWidth: 0 },
  '& a': {
    color: 'inherit',
    fontWeight: 600,
    textDecoration: 'none',
    '&:hover': { textDecoration: 'underline' },
  },
  '& code': { ...theme.typography.caption, fontFamily: 'var(--wd-mono)', marginInlineStart: 8 },
  '& p': {
    ...theme.typography.caption,
    margin: 0,
    fontWeight: 400,
    color: theme.vars.palette.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
}))

const number = new Intl.NumberFormat('en')

/** For comparing: an app a row. */
export function AppTable(list: ListedApps) {
  const { apps, total, stale, density } = list
  const body = useRef<HTMLTableSectionElement>(null)
  const isCompact = density === 'compact'
  const rows = useRowsInView<HTMLTableRowElement>(body, {
    count: apps.length,
    kind: `table ${density}`,
    estimate: isCompact ? 45 : 64,
    gap: 0,
    keyOf: (row) => apps[row]?.id ?? String(row),
    overscan: useRowsNearby(list, 6),
  })
  return (
    <Surface sx={{ overflow: 'hidden', opacity: stale ? 0.6 : 1 }}>
      <Table
        aria-label="Apps"
        aria-busy={stale}
        aria-rowcount={total + 1}
        data-compact={isCompact ? '' : undefined}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">App</th>
            <th scope="col" data-column="tags">
              Category and tags
            </th>
            <th scope="col" data-column="owner">
              Owner
            </th>
            <th scope="col" data-column="number">
              Launches
            </th>
            <th scope="col" data-column="time">
              Imported
            </th>
            <th scope="col" data-column="action">
              <VisuallyHidden>Action</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          <Spacer height={rows.before} />
          {apps.slice(rows.from, rows.to).map((app, offset) => {
            const index = rows.from + offset
            return (
              <tr key={app.id} ref={rows.measure} data-index={index} aria-rowindex={index + 2}>
                <Cells app={app} list={list} />
              </tr>
            )
          })}
          <Spacer height={rows.after} />
        </tbody>
      </Table>
    </Surface>
  )
}

/** Always there, so that the rows keep their place among their siblings. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- there is nothing in it */}
      <td style={{ padding: 0, height }} />
    </tr>
  )
}

function Cells({ app, list }: { app: App; list: ListedApps }) {
  const matches = list.matches.get(app.id)
  const isCompact = list.density === 'compact'
  return (
    <>
      <th scope="row">
        <AppCell>
          <AppIcon name={app.name} title={app.title} src={app.icon} size={isCompact ? 24 : 36} />
          <div>
            <Link to={paths.app(app.id)}>
              <Highlight text={app.title} ranges={matchesIn(matches, 'title')} />
            </Link>
            <code>{app.version}</code>
            {!isCompact && (
              <p>
                <Highlight {...excerpt(app.description, matchesIn(matches, 'description'))} />
              </p>
            )}
          </div>
          {list.canPin && <PinButton app={app} />}
        </AppCell>
      </th>
      <td data-column="tags">
        <TagLine app={app} matches={matches} />
      </td>
      <td data-column="owner">
        <Highlight text={app.owner.name} ranges={matchesIn(matches, 'owner')} />
      </td>
      <td data-column="number">{number.format(app.launches)}</td>
      <td data-column="time">
        <RelativeTime time={app.createdAt} />
      </td>
      <td data-column="action">
        <AppAction app={app} instances={list.instances} />
      </td>
    </>
  )
}
