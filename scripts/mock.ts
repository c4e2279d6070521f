import { createServer } from 'vite'

/** The catalog with hot reload in front of the mock platform, for working on the interface alone. */
const server = await createServer({ mode: 'mock' })
await server.listen()
server.printUrls()
