/** The parts of an app's page beside its overview. */
export const appTabs = ['versions', 'instances', 'files', 'commands'] as const

export type AppTab = (typeof appTabs)[number]

/** Addresses inside the catalog, built in one place. Any layer may import this file; it imports nothing. */
export const paths = {
  catalog: () => '/',
  /** The catalog with a search. */
  search: (text: string) => `/?q=${encodeURIComponent(text)}`,
  app: (appId: string) => `/apps/${encodeURIComponent(appId)}`,
  /** One part of an app's page. */
  appTab: (appId: string, tab: AppTab) => `/apps/${encodeURIComponent(appId)}/${tab}`,
  /** The app's versions with two of them compared, by their ids. */
  compareVersions: (appId: string, before: string, after: string) =>
    `/apps/${encodeURIComponent(appId)}/versions?${new URLSearchParams({ before, after })}`,
  myApps: () => '/my-apps',
  import: () => '/import',
  /** Import with one of the chosen bundles open. */
  importBundle: (bundle: string) => `/import?bundle=${encodeURIComponent(bundle)}`,
  /** What a finding's code means; a page of the platform's, not of the catalog's. */
  finding: (code: string) => `/docs/findings#${encodeURIComponent(code)}`,
  /** What the deployment is: how it runs apps, and its limits. */
  environment: () => '/environment',
  instances: () => '/instances',
  /** My Instances with the details of one open. */
  instance: (instanceId: string) => `/instances/${encodeURIComponent(instanceId)}`,
  /** My Instances with one instance's log open. */
  instanceLog: (instanceId: string) => `/instances?log=${encodeURIComponent(instanceId)}`,
  /** An instance's log as a page of its own. */
  instanceLogPage: (instanceId: string) => `/instances/${encodeURIComponent(instanceId)}/log`,
  tags: () => '/tags',
  /** The tags with the form for a new one open. */
  newTag: () => '/tags?edit=new',
  /** A tag's own page. */
  tag: (tagId: string) => `/tags/${encodeURIComponent(tagId)}`,
  /** A tag's own page with the choice of apps to put it on. */
  tagAssign: (tagId: string) => `/tags/${encodeURIComponent(tagId)}?assign=true`,
  /** The catalog with the apps of one tag, by its name. */
  catalogTag: (name: string, isCategory: boolean) =>
    `/?${isCategory ? 'category' : 'tag'}=${encodeURIComponent(name)}`,
  /** @param returnTo where to go after signing in: a path of this catalog, query included */
  signIn: (returnTo?: string) =>
    returnTo === undefined ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(returnTo)}`,
} as const

/** Only paths of this catalog are followed after signing in; `//host` and `/\host` lead elsewhere. */
export function safeReturnTo(text: string | null): string {
  return text !== null && /^\/(?![/\\])/.test(text) ? text : paths.catalog()
}
