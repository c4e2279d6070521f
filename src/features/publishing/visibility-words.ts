import type { AppVersion } from '../../api/generated/types.gen.ts'

/** Who sees a version, in a word or two for the one who reads it. */
export function visibilityWords(
  { visibility, owner }: Pick<AppVersion, 'visibility' | 'owner'>,
  userId: string | null,
): string {
  if (visibility === 'PUBLIC') return 'Everybody'
  if (visibility === 'ALL_USERS') return 'All users'
  return owner.id === userId ? 'Only you' : 'Its owner'
}
