import { queryOptions } from '@tanstack/react-query'
import { appKeys } from './apps.ts'
import './client.ts'
import {
  getAppManifest,
  getAppPackages,
  getAppRequirements,
  getApp,
  listAppFiles,
  listApps,
  listAppVersions,
} from './generated/sdk.gen.ts'
import type { AppVersion } from './generated/types.gen.ts'

/** The versions of one app name that the caller may see, newest first, and how many of them are their own. */
export type Published = { versions: AppVersion[]; own: number }

const versionsAtMost = 200

/** What is published under an app name. Kept with the lists, so that it is read again when an app is imported. */
export function publishedOptions(name: string) {
  return queryOptions({
    queryKey: [...appKeys.lists(), { published: name }] as const,
    queryFn: async ({ signal }): Promise<Published> => {
      const [mine, visible] = await Promise.all([
        listApps({ query: { scope: 'mine', name, pageSize: 1000 }, signal }),
        listApps({ query: { scope: 'catalog', name, pageSize: 1 }, signal }),
      ])
      const someVersion = visible.data.apps[0] ?? mine.data.apps[0]
      if (someVersion === undefined) return { versions: [], own: 0 }
      const all = await listAppVersions({
        path: { appId: someVersion.id },
        query: { pageSize: versionsAtMost },
        signal,
      })
      return { versions: all.data.versions, own: mine.data.totalSize }
    },
    enabled: name !== '',
  })
}

/** All that the platform says about the contents of a published version. */
export async function readPublished(appId: string, signal?: AbortSignal) {
  const asked = { path: { appId }, ...(signal === undefined ? {} : { signal }) }
  const [app, manifest, files, requirements, packages] = await Promise.all([
    getApp(asked),
    getAppManifest(asked),
    listAppFiles(asked),
    getAppRequirements(asked),
    getAppPackages(asked),
  ])
  return {
    manifest: manifest.data,
    files: files.data.files,
    requirements: requirements.data,
    packages: packages.data,
    longDescription: app.data.longDescription,
    bundle: app.data.bundle,
  }
}

/** What a bundle is compared with. */
export function publishedContentsOptions(appId: string) {
  return queryOptions({
    queryKey: [...appKeys.detail(appId), 'contents'] as const,
    queryFn: ({ signal }) => readPublished(appId, signal),
    // What is in a bundle never changes.
    staleTime: Infinity,
    enabled: appId !== '',
  })
}
