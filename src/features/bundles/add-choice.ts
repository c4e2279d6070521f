import type { QueryClient } from '@tanstack/react-query'
import type { Environment } from '../../api/generated/types.gen.ts'
import { type ChosenFile, sortChoice } from './chosen.ts'
import { importQueue } from './import-queue.ts'

/**
 * Puts what somebody has dropped or picked on their list.
 *
 * @param sizeWords bytes as people read them
 * @returns the ids of the new items
 */
export function addChoice(
  client: QueryClient,
  userId: string,
  environment: Environment,
  chosen: readonly ChosenFile[],
  sizeWords: (bytes: number) => string,
): string[] {
  const queue = importQueue(client, userId)
  const { bundleBytes } = environment.limits
  const choice = sortChoice(chosen, {
    bundleBytes,
    bundleSize: sizeWords(bundleBytes),
    taken: queue.identities(),
  })
  if (chosen.length === 0) {
    const reason =
      'It holds no files that could be read. Choose a .wave file, or a folder with an app.toml.'
    choice.rejected.push({ name: 'What you chose', reason })
  }
  return queue.add(choice, environment)
}
