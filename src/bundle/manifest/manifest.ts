export type Lifecycle = 'ON_DEMAND' | 'MANAGED' | 'LINK'
export type AppMode = 'wave' | 'python' | 'container'
export type RoutingMode = 'DOMAIN' | 'BASE_URL'

/** Where the value of an `[[Env]]` or `[[File]]` entry comes from. */
export type ValueSource =
  | { value: string }
  | { secret: string; secretKey: string; optional: boolean }

/** What an `app.toml` says, with defaults filled in. Quantities keep the author's spelling. */
export type Manifest = {
  name: string
  version: string
  /** Falls back to the name. */
  title: string
  description: string
  longDescription: { path: string } | { text: string } | null
  /** One of `CATEGORIES`; `Other` when absent or not recognised. */
  category: string
  keywords: string[]
  tags: string[]
  lifecycle: Lifecycle
  /** Seconds; null means the deployment's default. */
  instanceTimeout: number | 'never' | null
  setupGuide: string | null
  link: string | null
  /** Null for LINK. */
  runtime: Runtime | null
  env: ({ name: string } & ValueSource)[]
  files: ({ path: string } & ValueSource)[]
}

export type Runtime = {
  appMode: AppMode
  module: string | null
  runtimeVersion: string | null
  routingMode: RoutingMode
  port: number | null
  customImage: string | null
  appArgs: string[]
  appEntryPoint: string[]
  volumeMount: string | null
  volumeSize: string | null
  resourceVolumeSize: string | null
  memoryLimit: string | null
  memoryReservation: string | null
  cpuLimit: string | null
  cpuReservation: string | null
  gpuCount: number
  gpuType: string | null
  enableOidc: boolean
  enableShm: boolean
}

/** Where the manifest lives: the root of the archive, in exactly this spelling. */
export const MANIFEST_PATH = 'app.toml'

/** The early `App.Category` values. `All` is the catalog's "no filter", so not a category. */
export const CATEGORIES: readonly string[] = [
  'Data Science',
  'Financial Services',
  'Healthcare',
  'Insurance',
  'Manufacturing',
  'Marketing',
  'Retail',
  'Sales',
  'Telecommunications',
  'Other',
]

export const LIFECYCLES = ['ON_DEMAND', 'MANAGED', 'LINK'] as const satisfies readonly Lifecycle[]
export const APP_MODES = ['wave', 'python', 'container'] as const satisfies readonly AppMode[]
export const ROUTING_MODES = ['DOMAIN', 'BASE_URL'] as const satisfies readonly RoutingMode[]
