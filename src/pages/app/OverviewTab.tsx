import { styled } from '@mui/material/styles'
import { Suspense, useCallback } from 'react'
import { pictureUrl } from '../../api/apps.ts'
import type { App, Instance } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { AppTags } from '../../features/tagging/AppTags.tsx'
import { mayReadSource } from '../../rules/apps.ts'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AboutPanel } from './AboutPanel.tsx'
import { Aside, Columns, Main, Section } from './app-layout.ts'
import { BeforeYouRun } from './BeforeYouRun.tsx'
import { OwnInstances } from './OwnInstances.tsx'
import { Screenshots } from './Screenshots.tsx'
import { WhatYouCanDo } from './WhatYouCanDo.tsx'

const Markdown = lazyPart(
  async () => (await import('../../features/markdown/Markdown.tsx')).Markdown,
)

const Lead = styled('p')(({ theme }) => ({
  ...theme.typography.subtitle1,
  margin: '0 0 16px',
  maxWidth: '72ch',
  overflowWrap: 'anywhere',
  textWrap: 'pretty',
}))

type Props = {
  app: App
  /** The person's instances of this app, whichever version. */
  instances: readonly Instance[]
}

/** What the app does, and what running it takes. */
export function OverviewTab({ app, instances }: Props) {
  const actor = useActor()
  const pictureOf = useCallback((path: string) => pictureUrl(app.id, path), [app.id])
  return (
    <Columns>
      <Main>
        {instances.length > 0 && <OwnInstances app={app} instances={instances} />}
        {app.screenshots.length > 0 && <Screenshots app={app} />}
        <Section aria-labelledby="what-it-does">
          <h2 id="what-it-does">What it does</h2>
          {app.description !== '' && <Lead>{app.description}</Lead>}
          {app.longDescription !== null && app.longDescription.trim() !== '' ? (
            <ErrorBoundary title="The description could not be shown">
              <Suspense fallback={<TextSkeleton />}>
                <Markdown
                  text={app.longDescription}
                  {...(mayReadSource(actor, app).allowed ? { pictureUrl: pictureOf } : {})}
                />
              </Suspense>
            </ErrorBoundary>
          ) : (
            app.description === '' && <Lead>Its author says nothing about it.</Lead>
          )}
        </Section>
      </Main>
      <Aside>
        <BeforeYouRun app={app} />
        <AppTags app={app} />
        <AboutPanel app={app} />
        <WhatYouCanDo app={app} />
      </Aside>
    </Columns>
  )
}

function TextSkeleton() {
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      {[88, 94, 61].map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </div>
  )
}
