import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import { Suspense, useMemo, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'react-router'
import { bundleUrl } from '../../api/apps.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { useActor } from '../../api/session.ts'
import { publishedReader } from '../../features/contents/published-contents.ts'
import { paths } from '../../paths.ts'
import { fileSize } from '../../rules/amounts.ts'
import { mayDownloadBundle, mayReadSource } from '../../rules/apps.ts'
import { commands } from '../../rules/commands.ts'
import { CommandLine } from '../../ui/CommandLine.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { withinPage } from '../../ui/within-page.ts'

const BundleContents = lazyPart(
  async () => (await import('../../features/contents/BundleContents.tsx')).BundleContents,
)

const Head = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '8px 16px',
  marginBottom: 16,
  color: theme.vars.palette.text.secondary,
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
}))

/** What is inside the bundle. Reading it needs a session; downloading it whole is its owner's. */
export function FilesTab({ app }: { app: App }) {
  const actor = useActor()
  const { pathname } = useLocation()
  const reader = useMemo(() => publishedReader(app.id), [app.id])
  const [params, setParams] = useSearchParams()
  // What the explorer begins with; after that it leads and the address follows.
  const [initialPath] = useState(() => params.get('file') ?? '')
  const keepPath = (path: string) =>
    setParams(path === '' ? {} : { file: path }, {
      replace: true,
      preventScrollReset: true,
      state: withinPage,
    })
  const read = mayReadSource(actor, app)
  const download = mayDownloadBundle(actor, app)
  if (!read.allowed) {
    return (
      <EmptyState
        title="Sign in to look inside"
        actions={
          <Button variant="contained" component={Link} to={paths.signIn(pathname)}>
            Sign in
          </Button>
        }
      >
        The files of an app are for people with an account here.
      </EmptyState>
    )
  }
  const { sha256, size } = app.bundle
  return (
    <>
      <Head>
        <span>
          SHA-256 <code>{sha256.slice(0, 12)}…</code>{' '}
          <CopyButton text={sha256} label="Copy the checksum" />
        </span>
        {download.allowed ? (
          <Button size="small" href={bundleUrl(app.id)} download>
            Download, {fileSize(size)}
          </Button>
        ) : (
          <span>{download.reason}</span>
        )}
      </Head>
      <ErrorBoundary title="The files could not be shown">
        <Suspense fallback={<Skeleton height={360} round />}>
          <BundleContents client={reader} initialPath={initialPath} onPath={keepPath} />
        </Suspense>
      </ErrorBoundary>
      {download.allowed && (
        <div style={{ marginTop: 16 }}>
          <CommandLine command={commands.downloadApp(app.id)} />
        </div>
      )}
    </>
  )
}
