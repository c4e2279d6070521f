import type { App, Instance } from '../src/api/generated/types.gen.ts'
import {
  appFixture,
  instanceFixture,
  people,
  runtimeFixture,
  secretMissing,
  tagFixture,
} from './fixtures.ts'

const tags = {
  forecasting: tagFixture(),
  retail: tagFixture({ id: 'tag-2', name: 'retail', title: 'Retail', color: '#c9702b' }),
  openSource: tagFixture({ id: 'tag-3', name: 'oss', title: 'Open source', color: '#8a3fc7' }),
  beta: tagFixture({ id: 'tag-4', name: 'beta', title: 'Beta', color: '#c22f3d' }),
  partners: tagFixture({
    id: 'tag-5',
    name: 'partners-north',
    title: 'Partners north',
    color: '#2b6cc9',
    visitorRoles: ['partners-north'],
  }),
}

const salesText = `Forecasts weekly sales for every store with intervals you can read, shows what drives them, and lets you try a promotion before you run it.

### What you can do

- Upload your own weeks or use the **warehouse**
- Compare stores, products and seasons
- Share a page with your team, [as described in the guide](https://example.com/guide)

### How good it is

| horizon | error |
| --- | ---: |
| 1 week | 4.1 % |
| 4 weeks | 6.9 % |
| 12 weeks | 11.3 % |

> Retrained each Monday at 06:00.

\`\`\`sh
curl -F weeks=@weeks.csv https://example.com/upload
\`\`\`

![A picture from elsewhere](https://example.com/tracker.png)
`

function shots(id: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `/api/v1/apps/${id}/screenshots/${n}`)
}

function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString()
}

/** What one sees with `npm run dev:mock`: every kind of app, and instances in every state. */
export function catalogApps(): App[] {
  const sales = appFixture({
    id: 'sales-240',
    version: '2.4.0',
    longDescription: salesText,
    tags: [tags.forecasting, tags.retail, tags.partners],
    screenshots: shots('sales-240', 4),
    runtime: runtimeFixture({ volumeMount: '/data', volumeSize: '1Gi' }),
    createdAt: hoursAgo(260),
    bundle: { size: 1_843_200, sha256: 'a'.repeat(64), fileCount: 64 },
  })
  return [
    sales,
    { ...sales, id: 'sales-230', version: '2.3.0', createdAt: hoursAgo(800) },
    {
      ...sales,
      id: 'sales-250',
      version: '2.5.0-rc.1',
      visibility: 'PRIVATE',
      createdAt: hoursAgo(20),
    },
    app('churn-explorer', '1.2.0', 'Customer churn explorer', 'Telecommunications', {
      description: 'Who is about to leave, why, and what keeping them would be worth.',
      tags: [tags.openSource],
      screenshots: shots('churn', 2),
    }),
    app('loan-risk', '0.9.3', 'Loan risk scorer', 'Financial Services', {
      description: 'Score applications, compare thresholds, explain every decision in plain words.',
      owner: people.user,
    }),
    app('bed-planner', '3.0.1', 'Bed planner', 'Healthcare', {
      description:
        'Plan hospital beds for the coming fortnight from admissions, stays and seasons.',
      tags: [tags.beta],
      instanceTimeout: 1800,
    }),
    app('sentiment-board', '1.0.4', 'Sentiment board', 'Marketing', {
      description: 'What customers say about you this week, sorted by what changed.',
      lifecycle: 'MANAGED',
    }),
    app('garden-helper', '0.2.2', 'Garden helper', 'Other', {
      description: 'Ask what to plant next to what, and when, for the place where you live.',
      preconditions: secretMissing('The secret “weather” is missing. An admin can add it.'),
    }),
    app('evaluation-studio', '0.0.1', 'Evaluation studio', 'Data Science', {
      description: 'Compare language models on your own questions. Opens outside the platform.',
      lifecycle: 'LINK',
      link: 'https://example.com/studio',
      runtime: null,
    }),
    app('care-pathways', '1.6.26', 'Care pathways', 'Healthcare', {
      description: 'Follow patients through their pathways and find the step that delays them.',
    }),
    app('data-profiler', '4.1.0', 'Data profiler', 'Data Science', {
      description: 'Drop a CSV, get its shape, gaps, outliers and a page to share.',
      tags: [tags.openSource],
    }),
    app('shelf-watch', '1.0.0', 'Shelf watch', 'Retail', {
      description: 'Empty shelves from store cameras, before customers see them.',
      lifecycle: 'MANAGED',
    }),
    app('route-planner', '2.0.0', 'Route planner', 'Manufacturing', {
      description: 'Tours for tomorrow’s deliveries, and what each detour costs.',
    }),
    app('claims-triage', '0.4.0', 'Claims triage', 'Insurance', {
      description: 'Sorts incoming claims by what they need next and says why.',
    }),
  ]
}

function app(name: string, version: string, title: string, category: string, over: Partial<App>) {
  return appFixture({
    id: name,
    name,
    version,
    title,
    category,
    keywords: [],
    createdAt: hoursAgo(title.length * 31),
    ...over,
  })
}

export function catalogInstances(apps: readonly App[]): Instance[] {
  const of = (id: string) => apps.find((each) => each.id === id) ?? appFixture({ id })
  const soon = new Date(Date.now() + 7_800_000).toISOString()
  return [
    instanceFixture(
      { id: 'i-sales', suspendAfter: soon, createdAt: hoursAgo(3), updatedAt: hoursAgo(3) },
      of('sales-240'),
    ),
    instanceFixture(
      {
        id: 'i-bed',
        status: 'PENDING',
        visibility: 'ALL_USERS',
        createdAt: hoursAgo(0.004),
        updatedAt: hoursAgo(0.004),
      },
      of('bed-planner'),
    ),
    instanceFixture(
      { id: 'i-churn', status: 'FAILED', createdAt: hoursAgo(25), updatedAt: hoursAgo(24) },
      of('churn-explorer'),
    ),
    instanceFixture(
      { id: 'i-care', status: 'SUSPENDED', createdAt: hoursAgo(150), updatedAt: hoursAgo(5) },
      of('care-pathways'),
    ),
    instanceFixture(
      { id: 'i-sentiment', owner: people.author, visibility: 'ALL_USERS' },
      of('sentiment-board'),
    ),
  ]
}

export function sampleLog(): string {
  return [
    '14:02:17.204 INFO  connecting to warehouse postgres://…@db/sales',
    '14:02:17.611 INFO  214 stores, 3.1 M rows, horizon 12 weeks',
    '14:02:18.020 {"event":"listen","port":41233,"t":"server"}',
    '14:40:52.388 ERROR warehouse: timeout after 5 s, retrying (1 of 3)',
    '14:40:53.907 INFO  warehouse: back',
    '14:41:02.000 WARN  <script>alert("text stays text")</script>',
    '',
  ].join('\n')
}
