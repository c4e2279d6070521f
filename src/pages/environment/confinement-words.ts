import type { Environment } from '../../api/generated/types.gen.ts'
import type { Tone } from '../../ui/tokens.ts'

/** Whether apps are kept to themselves, and what to do where they aren't. */
export function confinementWords({
  scheduler,
  confinement,
}: Pick<Environment, 'scheduler' | 'confinement'>): { tone: Tone; title: string; text: string } {
  if (scheduler === 'simulated') {
    return { tone: 'info', title: 'No app really runs.', text: 'There is nothing to keep apart.' }
  }
  switch (confinement) {
    case 'bubblewrap':
      return {
        tone: 'ok',
        title: 'Apps are confined.',
        text: 'Each sees its own folder, its volume and the programs of the system, and no processes but its own (bubblewrap). The network is open to it.',
      }
    case 'container':
      return {
        tone: 'ok',
        title: 'Apps are confined.',
        text: 'Each runs in a container of its own.',
      }
    case 'none':
      return {
        tone: 'wait',
        title: 'Apps are not confined.',
        text: 'They run as the person who started the platform, and may read whatever that person may. Run only apps that you trust. On Linux, install bubblewrap (bwrap) and start the platform again.',
      }
  }
}
