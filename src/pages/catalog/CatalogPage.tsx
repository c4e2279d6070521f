import Button from '@mui/material/Button'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type AppListFilter, appListOptions } from '../../api/apps.ts'
import { isUnreachable } from '../../api/errors.ts'
import type { Instance } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AppGrid } from './AppGrid.tsx'
import { AppGridSkeleton } from './AppGridSkeleton.tsx'
import { CatalogEmpty } from './CatalogEmpty.tsx'
import type { CatalogParams } from './catalog-params.ts'
import { CategoryChips } from './CategoryChips.tsx'
import { Continue } from './Continue.tsx'
import { Filters, Toolbar } from './layout.ts'
import { ResultCount } from './ResultCount.tsx'
import { SearchBox } from './SearchBox.tsx'
import { SortSelect } from './SortSelect.tsx'
import { useCatalogParams } from './useCatalogParams.ts'

function filterOf({ q, category, sort }: CatalogParams): AppListFilter {
  return {
    scope: 'catalog',
    orderBy: sort,
    ...(q === '' ? {} : { q }),
    ...(category === null ? {} : { category: [category] }),
  }
}

function byApp(instances: readonly Instance[]): Map<string, Instance[]> {
  return Map.groupBy(instances, (instance) => instance.app.id)
}

export function CatalogPage() {
  const { params, text, type, change, clearSearch, clearAll } = useCatalogParams()
  const actor = useActor()
  const list = useInfiniteQuery(appListOptions(filterOf(params)))
  const mine = useQuery(myInstancesOptions(actor.userId))

  const pages = list.data?.pages ?? []
  const first = pages[0]
  const apps = pages.flatMap((page) => page.apps)
  const filtered = params.q !== '' || params.category !== null
  // What is shown belongs to the search before: it stays, and says that it is being replaced.
  const stale = list.isPlaceholderData || text.trim() !== params.q

  const failed = first === undefined && list.isError
  const loading = first === undefined && !failed
  const empty = first !== undefined && apps.length === 0
  const nothingAtAll = first?.totalSize === 0 && !filtered && !stale

  return (
    <Page title="Catalog">
      <PageHeader
        title="Catalog"
        lead="Find an app, launch your own instance, get to work."
        actions={
          !nothingAtAll && (
            <>
              {list.isRefetchError && !isUnreachable(list.error) && (
                <Button size="small" variant="text" onClick={() => void list.refetch()}>
                  Could not be refreshed. Try again
                </Button>
              )}
              <ResultCount total={first?.totalSize} filtered={filtered} />
            </>
          )
        }
      />
      {!nothingAtAll && (
        <Toolbar>
          <SearchBox text={text} onType={type} onClear={clearSearch} />
          {!failed && (
            <Filters>
              <CategoryChips
                facets={first?.facets.category}
                selected={params.category}
                onSelect={(category) => change({ category })}
              />
              <SortSelect sort={params.sort} onChange={(sort) => change({ sort })} />
            </Filters>
          )}
        </Toolbar>
      )}
      <ErrorBoundary title="The apps could not be shown">
        {failed && (
          <ErrorState
            title="The catalog could not be read"
            error={list.error}
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        )}
        {!filtered && apps.length > 0 && <Continue instances={mine.data?.instances ?? []} />}
        {(loading || (empty && list.isPlaceholderData)) && <AppGridSkeleton />}
        {empty && !list.isPlaceholderData && (
          <CatalogEmpty actor={actor} params={params} onClear={clearAll} />
        )}
        {apps.length > 0 && (
          <AppGrid
            apps={apps}
            instances={mine.isLoading ? undefined : byApp(mine.data?.instances ?? [])}
            words={params.q}
            stale={stale}
            total={first?.totalSize ?? apps.length}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            failedMore={list.isFetchNextPageError ? list.error : null}
            onMore={() => void list.fetchNextPage()}
          />
        )}
      </ErrorBoundary>
    </Page>
  )
}
