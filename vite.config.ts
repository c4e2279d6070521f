import { rmSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const platform = process.env['WAVEDECK_API'] ?? 'http://localhost:4600'

/** The mock mode's service worker has to lie in public/ for the dev server; the product is built without it. */
function withoutMocks(): Plugin {
  let outDir = ''
  return {
    name: 'without-mocks',
    apply: 'build',
    configResolved: ({ root, build }) => {
      outDir = path.resolve(root, build.outDir)
    },
    closeBundle: () => rmSync(path.join(outDir, 'mockServiceWorker.js'), { force: true }),
  }
}

export default defineConfig(({ mode }) => ({
  plugins: [react({ compiler: true }), withoutMocks()],
  // `npm run dev` and `npm run dev:mock` may run side by side; a shared cache would send each other's pages away.
  cacheDir: `node_modules/.vite/${mode}`,
  // Found at the start instead of on the way, which would reload the page under somebody's hands.
  optimizeDeps: { entries: ['index.html', 'src/**/*.tsx', '!src/**/*.test.tsx'] },
  server: {
    port: 5173,
    proxy: {
      '/api': {
        target: platform,
        // The platform compares Origin with Host, so both must stay what the browser sent.
        changeOrigin: false,
        configure: (proxy) => {
          proxy.on('error', (_error, _request, response) => {
            // What a gateway says; the catalog reads it as “can't be reached”.
            if ('writeHead' in response && !response.headersSent) {
              response.writeHead(502, { 'Content-Type': 'text/plain' })
              response.end('The platform does not answer.')
            }
          })
        },
      },
    },
  },
  // The inspector fetches its packer and parser when they are first needed.
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    // data: addresses are not in the Content-Security-Policy; small fonts and images stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // scripts/bundle-budget.ts holds the start to what counts: its size when compressed.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // In two pieces, the frame and the first page: each chunk that a lazy part shares with them would compress
        // by itself, and worse.
        codeSplitting: {
          groups: [
            { name: 'startup', tags: ['$initial'], priority: 2 },
            { name: 'catalog', test: /src\/pages\/catalog\/CatalogPage\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
}))
