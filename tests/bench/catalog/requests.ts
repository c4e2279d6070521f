import { Random } from '../../durability/random.ts'
import { coined, topics } from './words.ts'

export type Kind = { readonly name: string; readonly query: (n: number) => Record<string, string> }

const random = new Random(7)
const topic = () => random.pick(topics) ?? 'sales'

/** A word with one of its letters lost. */
function misspelt(word: string): string {
  const at = random.between(1, word.length - 2)
  return word.slice(0, at) + word.slice(at + 1)
}

/** What is asked of `GET /apps`, in the ways that cost differently. */
export const kinds: readonly Kind[] = [
  { name: 'no query', query: () => ({}) },
  { name: 'newest first', query: () => ({ orderBy: 'newest' }) },
  ...[1, 2, 3, 4, 5].map((length) => ({
    name: `first ${length} letters`,
    query: () => ({ q: topic().slice(0, length) }),
  })),
  { name: 'two words', query: () => ({ q: `${topic()} ${topic()}` }) },
  { name: 'a coined name', query: (n) => ({ q: coined(n) }) },
  { name: 'a typo', query: () => ({ q: misspelt(topic()) }) },
  {
    name: 'two typos, two words',
    query: (n) => ({ q: `${misspelt(topic())} ${misspelt(coined(n))}` }),
  },
  { name: 'nothing found', query: (n) => ({ q: `${coined(n)}qqxx ${topic()}` }) },
  { name: 'category and owner', query: (n) => ({ category: 'Sales', owner: `person-${n % 60}` }) },
  {
    name: 'search and filters',
    query: () => ({ q: topic(), runnable: 'true', lifecycle: 'ON_DEMAND' }),
  },
  { name: 'updates for me', query: () => ({ updateAvailable: 'true' }) },
]
