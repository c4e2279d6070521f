import type { AppFacets, HiddenBy, SearchSuggestion } from '../../src/api/generated/types.gen.ts'
import type { Actor } from '../../src/rules/actor.ts'
import type { AppRow } from '../store/schema.ts'

export type AppOrder = 'relevance' | 'title' | 'newest' | 'launched'

/** What `GET /apps` is asked for; several values of a filter widen it, several filters narrow. */
export type AppQuery = {
  readonly scope: 'catalog' | 'mine' | 'admin'
  readonly latest?: boolean | undefined
  readonly q?: string | undefined
  readonly name?: string | undefined
  readonly category?: readonly string[] | undefined
  /** Names of tags. */
  readonly tag?: readonly string[] | undefined
  /** Ids of people. */
  readonly owner?: readonly string[] | undefined
  readonly lifecycle?: readonly AppRow['lifecycle'][] | undefined
  readonly runnable?: boolean | undefined
  readonly hasInstance?: boolean | undefined
  readonly updateAvailable?: boolean | undefined
  readonly pinned?: boolean | undefined
  readonly orderBy?: AppOrder | undefined
  readonly pageSize: number
  readonly pageToken?: string | undefined
}

/** A word of the search as it was looked for, with what it was found as besides its own beginning. */
export type MatchedWord = { readonly text: string; readonly misspelt: ReadonlySet<string> }

export type AppPage = {
  /** Of the apps, in order. */
  readonly ids: readonly string[]
  readonly nextPageToken: string | null
  readonly totalSize: number
  readonly unfilteredSize: number
  readonly facets: AppFacets
  readonly words: readonly MatchedWord[]
  readonly suggestions: readonly SearchSuggestion[]
  readonly hiddenBy: readonly HiddenBy[]
}

/**
 * Finds apps: the one place that knows how. An implementation answers from what is committed when it is asked, never
 * from an app that the actor may not see, and counts nothing of one.
 */
export type AppSearch = {
  /** @throws {Problem} 400 for a page token that this order never gave out */
  find(actor: Actor, query: AppQuery): Promise<AppPage>
}
