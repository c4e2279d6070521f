import Button from '@mui/material/Button'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useId, useState } from 'react'
import { appListOptions } from '../../api/apps.ts'
import { isUnreachable } from '../../api/errors.ts'
import type { AppList, Instance } from '../../api/generated/types.gen.ts'
import { myInstancesOptions } from '../../api/instances.ts'
import { useActor } from '../../api/session.ts'
import { matchesByApp } from '../../features/listing/matches.ts'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { appsOf } from './app-list.ts'
import { AppGridSkeleton } from './AppGridSkeleton.tsx'
import { filterOf, optionsOf } from './catalog-filter.ts'
import { flags, isFiltered, noFilters, valueFilters } from './catalog-params.ts'
import { CategoryChips } from './CategoryChips.tsx'
import { Filters, Toolbar } from './layout.ts'
import { ListControls } from './ListControls.tsx'
import { ResultCount } from './ResultCount.tsx'
import { SearchBox } from './SearchBox.tsx'
import { useListingStyle } from './use-listing-style.ts'
import { useCatalogParams } from './use-catalog-params.ts'

// What the first paint can do without.
const ActiveFilters = lazyPart(async () => (await import('./ActiveFilters.tsx')).ActiveFilters)
const AppGrid = lazyPart(async () => (await import('./AppGrid.tsx')).AppGrid)
const AppTable = lazyPart(async () => (await import('./AppTable.tsx')).AppTable)
const CatalogCommands = lazyPart(
  async () => (await import('./CatalogCommands.tsx')).CatalogCommands,
)
const CatalogEmpty = lazyPart(async () => (await import('./CatalogEmpty.tsx')).CatalogEmpty)
const Continue = lazyPart(async () => (await import('./Continue.tsx')).Continue)
const FilterPanel = lazyPart(async () => (await import('./FilterPanel.tsx')).FilterPanel)
const Misread = lazyPart(async () => (await import('./Misread.tsx')).Misread)
const MoreApps = lazyPart(async () => (await import('./MoreApps.tsx')).MoreApps)

const none: readonly Instance[] = []
const noPages: readonly AppList[] = []

export function CatalogPage() {
  const catalog = useCatalogParams()
  const { params, text, change } = catalog
  const actor = useActor()
  const filtersId = useId()
  const [isOpen, setOpen] = useState(false)
  const [remembered, remember] = useListingStyle()
  const style = {
    view: params.view ?? remembered.view,
    density: params.density ?? remembered.density,
  }
  const List = style.view === 'table' ? AppTable : AppGrid
  // Along with the first apps, which take longer; and what one may need at the next key press.
  useEffect(() => {
    void List.preload()
    void MoreApps.preload()
    void CatalogEmpty.preload()
  }, [List])
  const list = useInfiniteQuery(appListOptions(filterOf(params)))
  const mine = useQuery(myInstancesOptions(actor.userId))
  const own = mine.data?.instances ?? none
  const instances = Map.groupBy(own, (instance) => instance.app.id)

  const pages = list.data?.pages ?? noPages
  const first = pages[0]
  const apps = appsOf(pages)
  const matches = matchesByApp(pages.flatMap((page) => page.matches))
  const filtered = params.q !== '' || isFiltered(params)
  // What is shown belongs to the search before: it stays, and says that it is being replaced.
  const stale = list.isPlaceholderData

  const failed = first === undefined && list.isError
  const loading = first === undefined && !failed
  const empty = first !== undefined && apps.length === 0
  const nothingAtAll = first?.totalSize === 0 && !filtered && !stale
  const facets = first?.facets
  const filterCount =
    valueFilters.reduce((sum, filter) => sum + params[filter].length, 0) +
    flags.filter((flag) => params[flag]).length -
    params.category.length
  const listed = {
    apps,
    matches,
    instances: mine.isLoading ? undefined : instances,
    canPin: actor.userId !== null,
    density: style.density,
    total: first?.totalSize ?? apps.length,
    stale,
  }
  // `list.hasNextPage` is of the apps that are asked for, not of those that are shown meanwhile.
  const hasMore = (pages.at(-1)?.nextPageToken ?? null) !== null
  const clearFilters = () => change(noFilters)

  return (
    <Page title="Catalog">
      <Suspense>
        <CatalogCommands params={params} view={style.view} addressOf={catalog.addressOf} />
      </Suspense>
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
          {catalog.misread.length > 0 && (
            <Suspense>
              <Misread names={catalog.misread} onTidy={catalog.tidy} />
            </Suspense>
          )}
          <SearchBox text={text} onType={catalog.type} onClear={catalog.clearSearch} />
          {!failed && (
            <Filters>
              <CategoryChips
                options={facets && optionsOf('category', facets, params.category)}
                selected={params.category}
                onSelect={(category) => change({ category })}
              />
              <ListControls
                filterCount={filterCount}
                filtersId={filtersId}
                isOpen={isOpen}
                onToggle={() => setOpen(!isOpen)}
                sort={params.sort}
                onSort={(sort) => change({ sort })}
                style={style}
                onStyle={(next) => {
                  remember(next)
                  change(next)
                }}
              />
            </Filters>
          )}
          {isOpen && (
            <Suspense>
              <FilterPanel
                id={filtersId}
                filters={params}
                facets={facets}
                onChange={change}
                onClear={clearFilters}
                onClose={() => setOpen(false)}
              />
            </Suspense>
          )}
          {filterCount > 0 && (
            <Suspense>
              <ActiveFilters
                filters={{ ...params, category: [] }}
                facets={facets}
                onChange={change}
                onClear={clearFilters}
              />
            </Suspense>
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
        {!filtered && apps.length > 0 && own.length > 0 && (
          <Suspense>
            <Continue instances={own} />
          </Suspense>
        )}
        {(loading || (empty && stale)) && <AppGridSkeleton />}
        {empty && !stale && (
          <Suspense>
            <CatalogEmpty
              actor={actor}
              params={params}
              list={first}
              addressOf={catalog.addressOf}
              onChange={change}
              onClear={catalog.clearAll}
            />
          </Suspense>
        )}
        {/* Nothing that can have the focus stands in for a list: it would be lost with it. */}
        <Suspense fallback={<AppGridSkeleton />}>
          {apps.length > 0 && <List {...listed} />}
        </Suspense>
        {apps.length > 0 && hasMore && (
          <Suspense>
            <MoreApps
              shown={apps.length}
              total={listed.total}
              loading={list.isFetchingNextPage || stale}
              error={list.isFetchNextPageError ? list.error : null}
              onMore={() => void list.fetchNextPage()}
            />
          </Suspense>
        )}
      </ErrorBoundary>
    </Page>
  )
}
