import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { ThemeProvider } from '@mui/material/styles'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { theme, themeStorageKey } from './theme.ts'

const nonce = document.querySelector('meta[property="csp-nonce"]')?.getAttribute('content')
const styles = createCache({ key: 'wd', ...(nonce ? { nonce } : {}) })

export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={themeStorageKey}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  )
}
