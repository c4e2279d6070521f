import type { Access } from '../../api/generated/types.gen.ts'

/** What somebody's access is called. */
export function accessWords({ access, admin }: { access: Access; admin: boolean }): string {
  if (admin) return 'Admin'
  if (access === 'fullAccess') return 'Full access'
  return access === 'visitor' ? 'Visitor' : 'Not signed in'
}
