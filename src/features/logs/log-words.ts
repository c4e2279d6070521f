import type { Tone } from '../../ui/tokens.ts'
import type { Frame, StreamState } from './log-protocol.ts'

/** What the log is doing, in words and with its tone. */
export function stateWords(
  state: StreamState,
  isFollowing: boolean,
): { tone: Tone; words: string } {
  switch (state) {
    case 'connecting':
      return { tone: 'wait', words: 'Connecting' }
    case 'open':
      return isFollowing ? { tone: 'ok', words: 'Following' } : { tone: 'idle', words: 'Paused' }
    case 'reconnecting':
      return { tone: 'wait', words: 'Reconnecting' }
    case 'ended':
      return { tone: 'info', words: 'Ended' }
    case 'full':
      return { tone: 'idle', words: 'Paused' }
    case 'signedOut':
      return { tone: 'bad', words: 'Signed out' }
    case 'refused':
      return { tone: 'bad', words: 'Not there' }
    default:
      return state satisfies never
  }
}

export function emptyWords(frame: Frame | null, isFiltered: boolean, isPrevious: boolean): string {
  if (frame === null || frame.state === 'connecting' || frame.state === 'reconnecting') {
    return 'Waiting for the log…'
  }
  if (isFiltered && frame.lines > 0) return 'No line passes the filter.'
  if (isPrevious) return 'It printed nothing in that run.'
  return frame.state === 'ended' ? 'It printed nothing.' : 'Nothing printed yet.'
}

export function countWords(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}

/** Bytes as people say them. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return countWords(bytes, 'byte')
  if (bytes < 999_500) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
}
