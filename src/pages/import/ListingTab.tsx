import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { Environment } from '../../api/generated/types.gen.ts'
import { meOptions } from '../../api/session.ts'
import { tagListOptions } from '../../api/tags.ts'
import type { BundleClient } from '../../features/bundles/inspection-client.ts'
import type { BundleReport } from '../../features/bundles/inspection-protocol.ts'
import type { QueueItem } from '../../features/bundles/queue-item.ts'
import { AppCard } from '../../features/listing/AppCard.tsx'
import { AppLead } from '../../features/listing/AppLead.tsx'
import { maySeeApp } from '../../rules/apps.ts'
import { AppIcon } from '../../ui/AppIcon.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { SegmentedRadio } from '../../ui/SegmentedRadio.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { radius } from '../../ui/tokens.ts'
import { type Onlooker, onlookerActor, previewAction, previewApp } from './listing-preview.ts'
import { PreviewScreenshots } from './PreviewScreenshots.tsx'
import { RoleChoice } from './RoleChoice.tsx'

const Markdown = lazyPart(
  async () => (await import('../../features/markdown/Markdown.tsx')).Markdown,
)

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 20,
  '& > section > h3': {
    ...theme.typography.caption,
    margin: '0 0 8px',
    color: theme.vars.palette.text.tertiary,
  },
}))

const Card = styled('div')({ maxWidth: 340 })

const Detail = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 16,
  padding: 20,
  border: `1px solid ${theme.vars.palette.line.main}`,
  borderRadius: radius.l,
  '& > header': { display: 'flex', flexWrap: 'wrap', gap: 16 },
  '& > header > div': { flex: '1 1 200px', minWidth: 0 },
  '& h4': {
    ...theme.typography.h1,
    fontSize: 22,
    lineHeight: '30px',
    margin: 0,
    overflowWrap: 'anywhere',
  },
  '& > p': { ...theme.typography.subtitle1, margin: 0, overflowWrap: 'anywhere' },
}))

const Foot = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 12,
  color: theme.vars.palette.text.tertiary,
  '& button': { flex: 'none' },
}))

const who: { value: Onlooker; label: string }[] = [
  { value: 'self', label: 'Yourself' },
  { value: 'user', label: 'Another user' },
  { value: 'visitor', label: 'A visitor' },
]

type Props = {
  item: QueueItem
  report: BundleReport
  client: BundleClient
  environment: Environment
}

/** How it will look in the catalog, and to whom. The rules decide as they will then. */
export function ListingTab({ item, report, client, environment }: Props) {
  const [onlooker, setOnlooker] = useState<Onlooker>('self')
  const [roles, setRoles] = useState<readonly string[]>([])
  const { data: me } = useQuery(meOptions())
  const { data: tagList } = useQuery(tagListOptions())
  const { manifest } = report
  if (manifest === null || me === undefined || me.user === null) {
    return <EmptyState title="Its app.toml can’t be read, so there is nothing to show yet" />
  }
  const tags = tagList?.tags ?? []
  const app = previewApp({
    manifest,
    owner: me.user,
    visibility: item.visibility,
    tags,
    icon: item.iconUrl,
    defaultTimeout: null,
  })
  const actor = onlookerActor(onlooker, me, roles)
  const isSeen = maySeeApp(actor, app).allowed
  const { label, words } = previewAction(actor, app, environment)
  const action = (
    <Foot>
      <span>{words}</span>
      <Button variant="contained" aria-disabled tabIndex={-1}>
        {label}
      </Button>
    </Foot>
  )
  return (
    <Root>
      <SegmentedRadio legend="Seen by" options={who} value={onlooker} onChange={setOnlooker} />
      {onlooker === 'visitor' && <RoleChoice tags={tags} chosen={roles} onChange={setRoles} />}
      {!isSeen ? (
        <EmptyState icon={<Icon name="info" />} title="They don’t see it">
          {item.visibility === 'PRIVATE'
            ? 'It would be visible only to you. “Who sees it” beside this changes that.'
            : 'Visitors see an app for all users when one of its tags is for one of their roles.'}
        </EmptyState>
      ) : (
        <>
          <section aria-label="In the catalog">
            <h3>In the catalog</h3>
            <Card>
              <AppCard app={{ ...app, id: null }} action={action} />
            </Card>
          </section>
          <section aria-label="Its page">
            <h3>Its page</h3>
            <Detail>
              <header>
                <AppIcon name={app.name} title={app.title} src={app.icon} size={56} />
                <div>
                  <h4>{app.title}</h4>
                  <AppLead
                    app={app}
                    mine={onlooker === 'self'}
                    version={<code>{app.version}</code>}
                    imported="imported just now"
                  />
                </div>
              </header>
              {action}
              <PreviewScreenshots item={item} client={client} count={report.screenshotCount} />
              {app.description !== '' && <p>{app.description}</p>}
              {report.longDescription !== null && report.longDescription.trim() !== '' && (
                <ErrorBoundary title="The description could not be shown">
                  <Suspense fallback={<Skeleton height={80} round />}>
                    <Markdown text={report.longDescription} />
                  </Suspense>
                </ErrorBoundary>
              )}
            </Detail>
          </section>
        </>
      )}
    </Root>
  )
}
