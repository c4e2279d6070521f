import { defineConfig } from '@hey-api/openapi-ts'

/** Everything below src/api/generated comes from the contract: `npm run generate`. */
export default defineConfig({
  input: './api/openapi.yaml',
  // The check makes them a second time elsewhere and compares.
  output: {
    path: process.env['WAVEDECK_GENERATED'] ?? './src/api/generated',
    module: { extension: '.ts' },
    clean: true,
  },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', throwOnError: true },
    // Answers are parsed at the boundary; `mini` keeps the parser out of the way of the first paint.
    { name: 'zod', compatibilityVersion: 'mini' },
    { name: '@hey-api/sdk', validator: { response: true } },
    { name: '@tanstack/react-query', queryKeys: { tags: true } },
    'msw',
  ],
})
