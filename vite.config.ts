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

/** Has the browser fetch at once what main.tsx asks for one after the other. */
function preloadStart(): Plugin {
  return {
    name: 'preload-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { chunk, bundle = {} }) {
        const wanted = new Set<string>()
        const want = (name: string) => {
          const file = bundle[name]
          if (file?.type !== 'chunk' || wanted.has(name) || chunk?.imports.includes(name)) return
          wanted.add(name)
          file.imports.forEach(want)
        }
        chunk?.dynamicImports.forEach(want)
        return [...wanted].map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
          injectTo: 'head',
        }))
      },
    },
  }
}

export default defineConfig(({ mode }) => ({
  plugins: [react({ compiler: true }), withoutMocks(), preloadStart()],
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
        // In four pieces, the contract, the styles, the frame and the first page, and what loads them: each chunk that
        // a lazy part shares with them would compress by itself, and worse.
        codeSplitting: {
          groups: [
            { name: 'loader', test: /preload-helper|src\/ui\/next-task\.ts$/, priority: 5 },
            { name: 'contract', test: /src\/api\/client\.ts$/, priority: 4 },
            { name: 'styles', test: /src\/app\/theme\.ts$/, priority: 3 },
            { name: 'start', test: /src\/app\/start\.tsx$/, priority: 2 },
            { name: 'catalog', test: /src\/pages\/catalog\/CatalogPage\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
}))
