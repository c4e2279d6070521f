import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { visitInstanceOptions } from '../../api/instances.ts'
import { webAddress } from '../../ui/web-address.ts'

export type Visit = {
  visit: (instanceId: string, title: string) => void
  pending: boolean
  /** Where to go by hand, when the browser let no tab be opened. Works once, for a minute. */
  blockedUrl: string | null
  error: unknown
}

/** Opens an instance's own page in a new tab that can't reach back into the catalog. */
export function useVisit(): Visit {
  const [blockedUrl, setBlockedUrl] = useState<string | null>(null)
  const [badAddress, setBadAddress] = useState<Error | null>(null)
  const { mutateAsync, isPending, error } = useMutation(visitInstanceOptions())

  async function visit(instanceId: string, title: string) {
    setBlockedUrl(null)
    setBadAddress(null)
    // In the click itself: a tab opened after the answer would be taken for a popup.
    const tab = window.open('about:blank', '_blank')
    if (tab !== null) disown(tab, `Opening ${title}…`)
    try {
      const answer = await mutateAsync(instanceId)
      const url = webAddress(answer.url)
      if (url === null) throw new Error('The platform gave an address that can’t be opened.')
      if (tab === null) setBlockedUrl(url)
      else tab.location.replace(url)
    } catch (thrown) {
      tab?.close()
      // What the call itself failed with is in `error`.
      if (thrown instanceof Error && thrown.name === 'Error') setBadAddress(thrown)
    }
  }

  return {
    visit: (instanceId, title) => void visit(instanceId, title),
    pending: isPending,
    blockedUrl,
    error: badAddress ?? error,
  }
}

function disown(tab: Window, words: string): void {
  tab.opener = null
  tab.document.title = words
  const line = tab.document.createElement('p')
  line.textContent = words
  tab.document.body.append(line)
}
