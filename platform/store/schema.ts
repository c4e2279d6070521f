import type { Generated, Kysely, Selectable } from 'kysely'

type AppVisibility = 'PRIVATE' | 'ALL_USERS' | 'PUBLIC'
type Lifecycle = 'ON_DEMAND' | 'MANAGED' | 'LINK'
export type InstanceStatus = 'PENDING' | 'DEPLOYED' | 'FAILED' | 'SUSPENDED' | 'UNKNOWN'

export type InstanceEventKind =
  | 'REQUESTED'
  | 'QUEUED'
  | 'UNPACKED'
  | 'REQUIREMENTS_INSTALLED'
  | 'STARTED'
  | 'ANSWERED'
  | 'CRASHED'
  | 'RESTARTED'
  | 'FAILED'
  | 'FOUND'
  | 'PAUSED'
  | 'RESUMED'
  | 'VISIBILITY_CHANGED'
  | 'ENDED'

/** Times are RFC 3339 text in UTC, so that they sort; JSON is text; booleans are 0 and 1. */
export type Tables = {
  settings: { key: string; value: string }
  users: { id: string; name: string; email: string; roles: string }
  sessions: { token_hash: string; user_id: string; expires_at: string }
  apps: {
    id: string
    name: string
    version: string
    /** Orders as SemVer precedence does. */
    version_key: string
    title: string
    /** Lower case, for sorting without regard to case. */
    title_key: string
    description: string
    long_description: string | null
    category: string
    keywords: string
    owner_id: string
    visibility: AppVisibility
    lifecycle: Lifecycle
    /** Seconds; null: never. */
    instance_timeout: number | null
    link: string | null
    manifest: string
    bundle_sha256: string
    bundle_size: number
    file_count: number
    /** Null: the deployment's. */
    default_profile: string | null
    created_at: string
    updated_at: string
  }
  app_images: {
    app_id: string
    kind: 'icon' | 'screenshot'
    n: number
    sha256: string
    type: string
  }
  tags: {
    id: string
    name: string
    title: string
    color: string
    description: string
    is_category: number
    admin_roles: string
    visitor_roles: string
    /** Counts the edits; what an ETag is made of. */
    revision: number
  }
  app_tags: { app_id: string; tag_id: string; assigned_at: string }
  pins: { user_id: string; app_name: string }
  secrets: {
    name: string
    /** Empty for secrets that belong to nobody in particular. */
    owner_id: string
    visibility: 'PRIVATE' | 'ALL_USERS' | 'APP'
    parent: string | null
    /** Keys and values, as JSON; read by the launcher alone. */
    data: string
  }
  instances: {
    id: string
    app_id: string
    owner_id: string
    status: InstanceStatus
    visibility: AppVisibility
    profile: string
    /** Counts the starts; the log of each is kept apart. */
    run: number
    suspend_after: string | null
    runtime_state: string
    runtime_reason: string | null
    runtime_message: string | null
    exit_code: number | null
    restart_count: number
    last_failure: string | null
    created_at: string
    updated_at: string
  }
  aliases: {
    id: string
    name: string
    /** Null: it leads nowhere, or its instance is gone. */
    instance_id: string | null
    is_primary: number
  }
  /** An instance's timeline; the newest 200 of each are kept. */
  instance_events: {
    seq: Generated<number>
    instance_id: string
    at: string
    kind: InstanceEventKind
    run: number
    /** Who did it; null: the platform. */
    by_user: string | null
    reason: string | null
    message: string | null
    exit_code: number | null
  }
  /** Whose the instances were that are gone, for as long as their timelines are kept. */
  ended_instances: { seq: Generated<number>; id: string; owner_id: string; app_owner_id: string }
  /** How often an app of the name was launched, also where the instances are gone. */
  launches: { app_name: string; count: number }
  /** What search has to read again, in the order of the changes: an app, or the launches of a name. */
  search_changes: { seq: Generated<number>; app_id: string | null; app_name: string | null }
  visits: {
    token_hash: string
    instance_id: string
    user_id: string
    expires_at: string
    /** It is over with that session; null for those of an earlier release, which are over. */
    session_hash: string | null
  }
  uploads: {
    id: string
    user_id: string
    /** Of the whole; how much has arrived is the file's own size. */
    size: number
    /** As the client sent it, or empty. */
    metadata: string
    created_at: string
    expires_at: string
  }
  idempotency: {
    user_id: string
    key: string
    fingerprint: string
    resource_id: string
    created_at: string
  }
}

export type Database = Kysely<Tables>
export type AppRow = Selectable<Tables['apps']>
export type InstanceRow = Selectable<Tables['instances']>
export type InstanceEventRow = Selectable<Tables['instance_events']>
export type UserRow = Selectable<Tables['users']>
