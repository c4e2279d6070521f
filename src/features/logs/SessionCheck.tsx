import { useQuery } from '@tanstack/react-query'
import { meOptions } from '../../api/session.ts'

/**
 * Asks who is signed in, when the platform refuses what it gave before: without a session an instance is simply not
 * there. The page around it shows what follows from the answer.
 */
export function SessionCheck() {
  useQuery({ ...meOptions(), refetchOnMount: 'always' })
  return null
}
