import type { User } from '../store/users.ts'
import type { RoleNames } from '../../src/rules/actor.ts'

export const roleNames: RoleNames = { fullAccess: 'full-access', admin: 'admin' }

export type Persona = User & { readonly summary: string }

/** People to try the platform as, without an identity provider. There are no passwords: loopback only. */
export const personas: readonly Persona[] = [
  {
    id: 'admin',
    name: 'Maren Holt',
    email: 'maren.holt@example.com',
    roles: ['full-access', 'admin'],
    summary: 'Manages the platform: sees every app and instance',
  },
  {
    id: 'author',
    name: 'Priya Nair',
    email: 'priya.nair@example.com',
    roles: ['full-access'],
    summary: 'Publishes the sample apps and decides who sees them',
  },
  {
    id: 'author-2',
    name: 'Tomás Rivera',
    email: 'tomas.rivera@example.com',
    roles: ['full-access'],
    summary: 'Another author, with apps of his own',
  },
  {
    id: 'user',
    name: 'Jonas Weber',
    email: 'jonas.weber@example.com',
    roles: ['full-access'],
    summary: 'Browses the catalog and launches apps',
  },
  {
    id: 'visitor',
    name: 'Aiko Tanaka',
    email: 'aiko.tanaka@example.com',
    roles: ['partners-north'],
    summary: 'A guest who sees what is opened to partners in the north',
  },
  {
    id: 'visitor-2',
    name: 'Samuel Osei',
    email: 'samuel.osei@example.com',
    roles: ['partners-south'],
    summary: 'A guest who sees what is opened to partners in the south',
  },
]
