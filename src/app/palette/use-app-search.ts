import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { appSearchOptions } from '../../api/apps.ts'
import type { App } from '../../api/generated/types.gen.ts'
import { match, queryWords } from '../../features/palette/match.ts'

const debounceMs = 120

/** Words that say what to do; an app is looked for without them. */
const verbs = new Set(
  'run launch start open visit show go pause suspend stop resume continue terminate end log logs of'.split(
    ' ',
  ),
)

function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), debounceMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

const isVerb = (word: string) => verbs.has(word.toLowerCase())

/** The words of a text that say what to do. */
export function verbsOf(text: string): string {
  return text.split(/\s+/).filter(isVerb).join(' ')
}

/** The other ones. */
export function withoutVerbs(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== '' && !isVerb(word))
    .join(' ')
}

function finds(app: App, text: string): boolean {
  const { title, name, keywords, tags, category, owner, description } = app
  const words = [name, category, owner.name, ...keywords, ...tags.map((tag) => tag.title)]
  return match(title, queryWords(text), [...words, description]) !== null
}

type Found = {
  /** What the whole text finds, in the platform's order. */
  apps: readonly App[]
  /** What is found without the words that say what to do; empty where there are none. */
  meant: readonly App[]
  /** How many there are in the catalog for the whole text; `apps` holds the first of them. */
  total: number
  busy: boolean
  error: unknown
  retry: () => void
}

/**
 * Asks the platform for apps while somebody types. Until it has answered, what is known from the text before and still
 * fits is shown; an answer that nobody waits for any more is cancelled.
 */
export function useAppSearch(text: string): Found {
  const typed = text.trim()
  const asked = useDebounced(typed)
  const bare = withoutVerbs(asked)
  const whole = useQuery({ ...appSearchOptions(asked), enabled: asked !== '' })
  const hasVerb = bare !== asked
  const without = useQuery({ ...appSearchOptions(bare), enabled: asked !== '' && hasVerb })

  const late = asked !== typed
  const busy =
    typed !== '' &&
    (late || whole.isFetching || whole.isPlaceholderData || (hasVerb && without.isFetching))
  const stale = late || whole.isPlaceholderData
  const apps = typed === '' ? [] : (whole.data?.apps ?? [])
  const meant = typed === '' || !hasVerb ? [] : (without.data?.apps ?? [])
  const staleMeant = late || without.isPlaceholderData
  return {
    apps: stale ? apps.filter((app) => finds(app, typed)) : apps,
    meant: staleMeant ? meant.filter((app) => finds(app, withoutVerbs(typed))) : meant,
    total: stale || typed === '' ? 0 : (whole.data?.totalSize ?? 0),
    busy,
    error: typed === '' || busy ? null : (whole.error ?? (hasVerb ? without.error : null)),
    retry: () => {
      void whole.refetch()
      if (hasVerb) void without.refetch()
    },
  }
}
