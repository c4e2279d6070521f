import type { Manifest } from '../manifest/manifest.ts'
import {
  type Change,
  compareFields,
  type Field,
  type Judgement,
  kindOf,
  major,
  minor,
  none,
  patch,
} from './change.ts'
import { compareRuntimes } from './compare-runtime.ts'
import { compareValues } from './compare-values.ts'
import { shownList } from './shown-text.ts'

/**
 * What is different in the manifest, by meaning: spellings and orders that mean nothing are no
 * change. The long description is compared by its text, elsewhere.
 */
export function compareManifests(before: Manifest, after: Manifest): Change[] {
  return [
    ...compareFields(APP_FIELDS, before, after),
    ...compareSets('App.Keywords', 'Keywords', before.keywords, after.keywords),
    ...compareSets('App.Tags', 'Tags', before.tags, after.tags),
    ...compareRuntimes(before.runtime, after.runtime),
    ...compareValues(before, after),
  ]
}

const TEXT: Judgement = patch('It is a text; the app does the same as before.')

const APP_FIELDS: readonly Field<Manifest>[] = [
  {
    field: 'App.Name',
    label: 'Name',
    read: (manifest) => manifest.name,
    judge: () => none('It is another app, with versions of its own.'),
  },
  {
    field: 'App.Version',
    label: 'Version',
    read: (manifest) => manifest.version,
    judge: () => none('It says itself how much has changed.'),
  },
  {
    field: 'App.Title',
    label: 'Title',
    quoted: true,
    read: (manifest) => manifest.title,
    judge: () => TEXT,
  },
  {
    field: 'App.Description',
    label: 'Description',
    quoted: true,
    read: (manifest) => (manifest.description === '' ? null : manifest.description),
    judge: () => TEXT,
  },
  {
    field: 'App.Category',
    label: 'Category',
    quoted: true,
    read: (manifest) => manifest.category,
    judge: () => TEXT,
  },
  {
    field: 'App.SetupGuide',
    label: 'Setup guide',
    quoted: true,
    read: (manifest) => manifest.setupGuide,
    judge: () => TEXT,
  },
  {
    field: 'App.InstanceLifecycle',
    label: 'Lifecycle',
    read: (manifest) => manifest.lifecycle,
    judge: () => major('Who may run the app, and how, is different now.'),
  },
  {
    field: 'App.InstanceTimeout',
    label: 'Instance timeout',
    read: ({ instanceTimeout }) => timeoutText(instanceTimeout),
    judge: (_before, _after, sections) =>
      sections.after.instanceTimeout === 'never' || isLonger(sections)
        ? patch('Instances run longer before they are paused.')
        : minor('Instances may be paused earlier than before.'),
  },
  {
    field: 'Link.Address',
    label: 'Address',
    read: (manifest) => manifest.link,
    judge: (before, after, sections) =>
      sections.after.lifecycle !== 'LINK'
        ? none('It has no effect unless the lifecycle is LINK.')
        : hostOf(before) === hostOf(after)
          ? patch('It is another page of the same site.')
          : major('It opens a different site.'),
  },
]

function isLonger({ before, after }: { before: Manifest; after: Manifest }): boolean {
  const [old, now] = [before.instanceTimeout, after.instanceTimeout]
  return typeof old === 'number' && typeof now === 'number' && now > old
}

/** "1h30m", as an app.toml would have it; null for the deployment's default. */
function timeoutText(timeout: Manifest['instanceTimeout']): string | null {
  if (timeout === null || timeout === 'never') return timeout
  const hours = Math.floor(timeout / 3600)
  const minutes = Math.floor((timeout % 3600) / 60)
  const seconds = timeout - hours * 3600 - minutes * 60
  const parts = [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}m` : '']
  if (seconds > 0) parts.push(`${seconds}s`)
  return parts.join('')
}

function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).host : null
}

function compareSets(
  field: string,
  label: string,
  before: readonly string[],
  after: readonly string[],
): Change[] {
  const old = new Set(before)
  const now = new Set(after)
  const added = [...now].filter((item) => !old.has(item))
  const removed = [...old].filter((item) => !now.has(item))
  if (added.length + removed.length === 0) return []
  const parts = [
    ...(added.length > 0 ? [`added ${shownList(added)}`] : []),
    ...(removed.length > 0 ? [`removed ${shownList(removed)}`] : []),
  ]
  const text = (items: ReadonlySet<string>) => (items.size === 0 ? null : shownList([...items], 10))
  return [
    {
      field,
      kind: kindOf(text(old), text(now)),
      before: text(old),
      after: text(now),
      summary: `${label}: ${parts.join('; ')}`,
      ...TEXT,
    },
  ]
}
