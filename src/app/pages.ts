import { lazyPart } from '../ui/lazy-part.ts'

const importPage = () => import('../pages/import/ImportPage.tsx')

/** Each page's code is fetched when it is needed, or as soon as somebody points at a way to it. */
export const CatalogPage = lazyPart(
  async () => (await import('../pages/catalog/CatalogPage.tsx')).CatalogPage,
)
export const AppPage = lazyPart(async () => (await import('../pages/app/AppPage.tsx')).AppPage)
export const EnvironmentPage = lazyPart(
  async () => (await import('../pages/environment/EnvironmentPage.tsx')).EnvironmentPage,
)
export const ImportPage = lazyPart(async () => (await importPage()).ImportPage)
export const InstancesPage = lazyPart(
  async () => (await import('../pages/instances/InstancesPage.tsx')).InstancesPage,
)
export const LogPage = lazyPart(async () => (await import('../pages/log/LogPage.tsx')).LogPage)
export const MyAppsPage = lazyPart(
  async () => (await import('../pages/my-apps/MyAppsPage.tsx')).MyAppsPage,
)
export const NotFoundPage = lazyPart(async () => (await import('./NotFoundPage.tsx')).NotFoundPage)
export const SignInPage = lazyPart(
  async () => (await import('../pages/sign-in/SignInPage.tsx')).SignInPage,
)
export const TagsPage = lazyPart(async () => (await import('../pages/tags/TagsPage.tsx')).TagsPage)
export const TagPage = lazyPart(async () => (await import('../pages/tags/TagPage.tsx')).TagPage)
/** What takes dropped files on any page; it comes with the page that they go to. */
export const DropOverlay = lazyPart(async () => (await importPage()).DropOverlay)
