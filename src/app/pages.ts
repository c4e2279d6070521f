import { lazy } from 'react'

/** How each page's code is fetched: when it is needed, or as soon as somebody points at a way to it. */
export const loadPage = {
  catalog: () => import('../pages/catalog/CatalogPage.tsx'),
  app: () => import('../pages/app/AppPage.tsx'),
  import: () => import('../pages/import/ImportPage.tsx'),
  instances: () => import('../pages/instances/InstancesPage.tsx'),
  signIn: () => import('../pages/sign-in/SignInPage.tsx'),
} as const

export const CatalogPage = lazy(async () => ({ default: (await loadPage.catalog()).CatalogPage }))
export const AppPage = lazy(async () => ({ default: (await loadPage.app()).AppPage }))
export const ImportPage = lazy(async () => ({ default: (await loadPage.import()).ImportPage }))
export const InstancesPage = lazy(async () => ({
  default: (await loadPage.instances()).InstancesPage,
}))
export const NotFoundPage = lazy(async () => ({
  default: (await import('./NotFoundPage.tsx')).NotFoundPage,
}))
export const SignInPage = lazy(async () => ({ default: (await loadPage.signIn()).SignInPage }))
