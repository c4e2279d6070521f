import type { TagKind } from '../../rules/tags.ts'

export const kindWords: Record<TagKind, string> = {
  category: 'Category',
  authorization: 'Authorization',
  badge: 'Badge',
}

export const kindMeanings: Record<TagKind, string> = {
  category: 'A value of the catalog’s Category filter.',
  authorization: 'Opens apps to visitors with its visitor roles.',
  badge: 'A label, and nothing else.',
}
