import { CATEGORIES } from '../../src/bundle/manifest/manifest.ts'
import type { AppRow } from '../store/schema.ts'
import type { Needs } from '../preconditions.ts'
import { Numbering } from './numbering.ts'
import { Vocabulary } from './vocabulary.ts'
import { fold, wordsOf } from './words.ts'

export type TagRecord = {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly color: string
  readonly isCategory: boolean
  readonly visitorRoles: readonly string[]
}

/** One version as the store has it, as far as search looks at it. */
export type AppRecord = {
  readonly id: string
  readonly name: string
  readonly versionKey: string
  readonly title: string
  readonly titleKey: string
  readonly description: string
  readonly category: string
  readonly keywords: readonly string[]
  readonly tags: readonly TagRecord[]
  readonly owner: { readonly id: string; readonly name: string }
  readonly visibility: AppRow['visibility']
  readonly lifecycle: AppRow['lifecycle']
  readonly needs: Needs
  readonly createdAt: string
}

/** What decides who sees an app, its owner aside. Many apps share one. */
export type Access = {
  readonly visibility: AppRow['visibility']
  readonly lifecycle: AppRow['lifecycle']
  readonly visitorRoles: readonly string[]
}

/** Numbers point into the index's tables. */
export type IndexedApp = {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly versionKey: string
  /** What it is sorted by; a page token has to stay short, and behind so much of a title the id decides. */
  readonly titleKey: string
  /** Milliseconds. */
  readonly createdAt: number
  readonly lifecycle: AppRow['lifecycle']
  readonly owner: number
  readonly access: number
  readonly needs: number
  readonly tags: readonly number[]
  readonly categories: readonly number[]
  /** How many different words its title has. */
  readonly titleWords: number
}

export type Label = {
  readonly value: string
  readonly title: string
  readonly color: string | null
}

/** Where a word stands, in the order of what it is worth. */
export const places = { title: 0, name: 1, label: 2, text: 3 } as const

const maxTitleKey = 80

const early = new Map(CATEGORIES.map((category) => [category.toLowerCase(), category]))

/** The words and facts of every app in memory. What it holds is what the store held when it was last told. */
export class SearchIndex {
  readonly #apps = new Map<string, IndexedApp>()
  /** The versions of a name, newest first. */
  readonly names = new Map<string, IndexedApp[]>()
  readonly launches = new Map<string, number>()
  readonly tags = new Numbering<Label & { readonly isCategory: boolean }>()
  readonly owners = new Numbering<Label>()
  readonly categories = new Numbering<Label>()
  readonly access = new Numbering<Access>()
  readonly needs = new Numbering<Needs>()
  /** For every term the apps that have it, each as `number * 4 + place`, with the best place it has there. */
  readonly #postings = new Map<string, number[]>()
  readonly vocabulary = new Vocabulary()
  #size = 0
  #loading = true

  /** One more than the largest number of an app. */
  get size(): number {
    return this.#size
  }

  /** Whether so many apps were replaced that a new index would be smaller. */
  get isWorn(): boolean {
    return this.#size > 2_000 + this.#apps.size * 1.5
  }

  postings(term: string): readonly number[] {
    return this.#postings.get(term) ?? []
  }

  /** To be called once, when what was there in the beginning has been put in: only then is anything found. */
  loaded(): void {
    this.vocabulary.load(this.#postings.keys())
    this.#loading = false
  }

  remove(id: string): void {
    const app = this.#apps.get(id)
    if (app === undefined) return
    this.#apps.delete(id)
    const rest = (this.names.get(app.name) ?? []).filter((other) => other !== app)
    if (rest.length > 0) this.names.set(app.name, rest)
    else this.names.delete(app.name)
  }

  /** Takes an app in, or what has become of it. */
  put(record: AppRecord): void {
    this.remove(record.id)
    const { visibility, lifecycle, owner, tags, needs } = record
    const visitorRoles = [...new Set(tags.flatMap((tag) => tag.visitorRoles))].toSorted()
    const access = { visibility, lifecycle, visitorRoles }
    const title = new Set(wordsOf(record.title).map(({ text }) => text))
    const app: IndexedApp = {
      id: record.id,
      number: this.#size,
      name: record.name,
      versionKey: record.versionKey,
      titleKey: record.titleKey.slice(0, maxTitleKey),
      createdAt: Date.parse(record.createdAt),
      lifecycle,
      owner: this.owners.put(owner.id, { value: owner.id, title: owner.name, color: null }),
      access: this.access.put(JSON.stringify(access), access),
      needs: this.needs.put(JSON.stringify(needs), needs),
      tags: tags.map(({ id, name, title: words, color, isCategory }) =>
        this.tags.put(id, { value: name, title: words, color, isCategory }),
      ),
      categories: this.#categoriesOf(record),
      titleWords: title.size,
    }
    this.#size += 1
    this.#apps.set(app.id, app)
    const versions = this.names.get(app.name) ?? []
    const at = versions.findIndex((other) => other.versionKey < app.versionKey)
    this.names.set(app.name, versions.toSpliced(at === -1 ? versions.length : at, 0, app))
    this.#post(app.number, record)
  }

  #categoriesOf({ category, tags }: AppRecord): number[] {
    const labels = tags
      .filter((tag) => tag.isCategory)
      .map(({ name, title, color }) => {
        const same = early.get(title.toLowerCase()) ?? early.get(name.toLowerCase())
        return same === undefined ? { value: name, title, color } : earlyLabel(same)
      })
    const own = early.get(category.toLowerCase()) ?? 'Other'
    if (own !== 'Other' || labels.length === 0) labels.push(earlyLabel(own))
    return [...new Set(labels.map((label) => this.categories.put(label.value, label)))]
  }

  #post(number: number, record: AppRecord): void {
    const best = new Map<string, number>()
    const take = (text: string, place: number) => {
      for (const word of wordsOf(text)) {
        if (place < (best.get(word.text) ?? 4)) best.set(word.text, place)
      }
    }
    take(record.title, places.title)
    take(record.name, places.name)
    // People write a name's words together as well.
    take(fold(record.name).replaceAll(/[^\p{L}\p{N}]/gu, ''), places.name)
    for (const keyword of record.keywords) take(keyword, places.label)
    for (const { name, title } of record.tags) {
      take(title, places.label)
      take(name, places.label)
    }
    take(record.description, places.text)
    take(record.owner.name, places.text)
    for (const [term, place] of best) {
      const there = this.#postings.get(term)
      if (there) {
        there.push(number * 4 + place)
      } else {
        this.#postings.set(term, [number * 4 + place])
        if (!this.#loading) this.vocabulary.add(term)
      }
    }
  }
}

function earlyLabel(category: string): Label {
  return { value: category, title: category, color: null }
}
