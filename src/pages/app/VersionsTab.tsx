import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { App, AppVersion } from '../../api/generated/types.gen.ts'
import { instanceListOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { AppMenu } from '../../features/publishing/AppMenu.tsx'
import { visibilityWords } from '../../features/publishing/visibility-words.ts'
import { paths } from '../../paths.ts'
import { newestPublished } from '../../rules/publishing.ts'
import { compareVersions } from '../../rules/semver.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { tableStyles } from '../../ui/table-styles.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { CompareVersions } from './CompareVersions.tsx'

const Table = styled('table')(({ theme }) => ({
  ...tableStyles(theme),
  // As high as their buttons, no higher.
  '& tbody :is(td, th)': { paddingBlock: 8 },
  '& th[scope="row"] a': {
    fontFamily: 'var(--wd-mono)',
    fontWeight: 600,
    color: theme.vars.palette.primary.main,
  },
  '& th[scope="row"] > div': { display: 'flex', flexWrap: 'wrap', gap: '2px 10px' },
  '& td:last-of-type': { width: 48, textAlign: 'end' },
  '& tr[aria-current] td, & tr[aria-current] th': {
    backgroundColor: theme.vars.palette.primary.soft,
  },
  [theme.breakpoints.down('sm')]: { '& [data-column="rest"]': { display: 'none' } },
}))

/** Rows that are drawn at once; who wants to see more asks for more. */
const roomStep = 25

type Props = {
  app: App
  /** All versions that the person may see; undefined while they are read. */
  versions: readonly AppVersion[] | undefined
  error: unknown
  onRetry: () => void
}

/** Every version one may see, the highest first, and what is different between two. */
export function VersionsTab({ app, versions, error, onRetry }: Props) {
  const actor = useActor()
  const navigate = useNavigate()
  const [room, setRoom] = useState(roomStep)
  const { data: visible } = useQuery({
    ...instanceListOptions({ scope: 'visible', appName: app.name }),
    enabled: actor.userId !== null,
  })
  if (versions === undefined) {
    return error === null ? (
      <Skeleton height={180} round />
    ) : (
      <ErrorState title="The versions could not be read" error={error} onRetry={onRetry} />
    )
  }
  const sorted = versions.toSorted((a, b) => compareVersions(b.version, a.version))
  const published = newestPublished(sorted)
  const live = (visible?.instances ?? []).filter(
    ({ status }) => status === 'PENDING' || status === 'DEPLOYED',
  )
  const running = Map.groupBy(live, (instance) => instance.app.id)
  // The one that is looked at is among them.
  const shownCount = Math.max(room, sorted.findIndex(({ id }) => id === app.id) + 1)
  const hidden = sorted.length - shownCount
  return (
    <>
      <Surface sx={{ overflow: 'hidden', mb: 4 }}>
        <Table aria-label="Versions">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Seen by</th>
              <th scope="col" data-column="rest">
                Owner
              </th>
              <th scope="col" data-column="rest">
                Imported
              </th>
              <th scope="col" data-column="rest">
                Running
              </th>
              <th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shownCount).map((each) => (
              <tr key={each.id} aria-current={each.id === app.id ? 'true' : undefined}>
                <th scope="row">
                  <div>
                    <Link to={paths.appTab(each.id, 'versions')} preventScrollReset>
                      {each.version}
                    </Link>
                    {each.id === published?.id && (
                      <StatusLabel tone="ok">Newest published</StatusLabel>
                    )}
                  </div>
                </th>
                <td>{visibilityWords(each, actor.userId)}</td>
                <td data-column="rest">{each.owner.name}</td>
                <td data-column="rest">
                  <RelativeTime time={each.createdAt} />
                </td>
                <td data-column="rest">
                  {visible === undefined ? '–' : (running.get(each.id)?.length ?? 0)}
                </td>
                <td>
                  <AppMenu
                    app={{ ...app, ...each }}
                    versions={versions}
                    label={`Manage version ${each.version}`}
                    look="icon"
                    onDeleted={() => {
                      const next = sorted.find(({ id }) => id !== each.id)
                      if (each.id !== app.id) return
                      void navigate(
                        next === undefined ? paths.catalog() : paths.appTab(next.id, 'versions'),
                        { replace: true },
                      )
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
        {hidden > 0 && (
          <Button
            variant="text"
            size="small"
            sx={{ m: 1 }}
            onClick={() => setRoom(shownCount + roomStep)}
          >
            Show {Math.min(hidden, roomStep)} more of {hidden} older versions
          </Button>
        )}
      </Surface>
      {sorted.length > 1 && actor.userId !== null && (
        <CompareVersions app={app} versions={sorted} />
      )}
    </>
  )
}
