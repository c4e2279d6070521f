import createCache from '@emotion/cache'
import { CacheProvider } from '@emotion/react'
import { type Theme, ThemeProvider } from '@mui/material/styles'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { themeStorageKey } from './theme.ts'

const nonce = document.querySelector('meta[property="csp-nonce"]')?.getAttribute('content')
const styles = createCache({ key: 'wd', ...(nonce ? { nonce } : {}) })

type Props = { client: QueryClient; theme: Theme; children: ReactNode }

export function Providers({ client, theme, children }: Props) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={themeStorageKey}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  )
}
