import type { App } from '../../api/generated/types.gen.ts'

/** What the author's controls need to know of a version; an app of the contract fits as it is. */
export type ManagedApp = Pick<
  App,
  | 'id'
  | 'name'
  | 'title'
  | 'version'
  | 'visibility'
  | 'owner'
  | 'lifecycle'
  | 'tags'
  | 'defaultProfile'
>
