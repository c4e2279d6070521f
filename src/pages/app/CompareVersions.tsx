import { styled } from '@mui/material/styles'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { appKeys } from '../../api/apps.ts'
import { environmentOptions } from '../../api/environment.ts'
import type { App, AppVersion } from '../../api/generated/types.gen.ts'
import { comparePublished } from '../../features/contents/published-contents.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { Section } from './app-layout.ts'

const ComparisonView = lazyPart(
  async () => (await import('../../features/compare/ComparisonView.tsx')).ComparisonView,
)

const Choice = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '4px 20px',
  marginBottom: 16,
})

const Result = styled('div')({ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 20 })

function comparisonOptions(before: string, after: string, allowedEnvNames: readonly string[]) {
  return queryOptions({
    queryKey: [...appKeys.details(), 'comparison', before, after, allowedEnvNames] as const,
    queryFn: () => comparePublished(before, after, allowedEnvNames),
    // What is in a bundle never changes.
    staleTime: Infinity,
  })
}

type Props = {
  app: App
  /** The highest first, at least two. */
  versions: readonly AppVersion[]
}

/** What is different between any two versions: by meaning, not by line. The address holds which. */
export function CompareVersions({ app, versions }: Props) {
  const [params, setParams] = useSearchParams()
  const { data: environment } = useQuery(environmentOptions())
  const ids = versions.map(({ id }) => id)
  const at = ids.indexOf(app.id)
  const known = (id: string | null) => (id !== null && ids.includes(id) ? id : undefined)
  const after = known(params.get('after')) ?? (at === ids.length - 1 ? ids[0] : app.id) ?? app.id
  const before = known(params.get('before')) ?? ids[at + 1] ?? app.id
  const compared = useQuery({
    ...comparisonOptions(before, after, environment?.allowedEnvNames ?? []),
    enabled: environment !== undefined && before !== after,
  })
  const options = versions.map(({ id, version }) => ({ value: id, label: version }))
  const choose = (which: 'before' | 'after') => (id: string) =>
    setParams({ before, after, [which]: id }, { replace: true, preventScrollReset: true })
  return (
    <Section aria-labelledby="compare">
      <h2 id="compare">Compare two versions</h2>
      <Choice>
        <NativeSelect label="From" value={before} options={options} onChange={choose('before')} />
        <NativeSelect label="to" value={after} options={options} onChange={choose('after')} />
      </Choice>
      {before === after ? (
        <EmptyState title="That is the same version twice" />
      ) : compared.error !== null ? (
        <ErrorState
          title="The two could not be compared"
          error={compared.error}
          retrying={compared.isFetching}
          onRetry={() => void compared.refetch()}
        />
      ) : (
        <Suspense fallback={<Comparing />}>
          {compared.data === undefined ? (
            <Comparing />
          ) : (
            <Result>
              <ComparisonView comparison={compared.data} />
            </Result>
          )}
        </Suspense>
      )}
    </Section>
  )
}

function Comparing() {
  return (
    <>
      <VisuallyHidden role="status">Comparing</VisuallyHidden>
      <Skeleton width="50%" />
      <Skeleton height={120} round />
    </>
  )
}
