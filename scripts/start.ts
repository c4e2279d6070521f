import { buildIfStale } from './build.ts'

await buildIfStale()
await import('../platform/main.ts')
