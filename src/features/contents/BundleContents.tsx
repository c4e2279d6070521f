import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding } from '../../bundle/finding.ts'
import type { BundleReader } from './bundle-reader.ts'
import { Explorer } from './Explorer.tsx'

type Props = {
  client: BundleReader
  findings?: readonly Finding[]
  /** What to show first; the whole bundle where it is left out. */
  initialPath?: string
  /** A line in that file, from 1. */
  initialLine?: number
  /** Told of every file or folder that is looked at; '' for the whole bundle. */
  onPath?: (path: string) => void
}

const none: readonly Finding[] = []

/**
 * What is in a bundle, imported or not: its files as a tree, what makes it heavy, and each file to look into.
 * Everything is read once. Render it anew (by key) when the bundle, or what to show first, is another.
 */
export function BundleContents(props: Props) {
  const { client, findings = none, initialPath, initialLine, onPath } = props
  const [cache] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { networkMode: 'always', staleTime: Infinity, gcTime: 60_000, retry: false },
        },
      }),
  )
  return (
    <QueryClientProvider client={cache}>
      <Explorer
        reader={client}
        findings={findings}
        initialPath={initialPath ?? ''}
        initialLine={initialLine}
        onPath={onPath}
      />
    </QueryClientProvider>
  )
}
