import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { App, Instance } from '../../src/api/generated/types.gen.ts'
import { bundleOf } from '../support/bundles.ts'
import { eventually } from '../support/eventually.ts'
import { startTestPlatform } from '../support/test-platform.ts'

/** What the real server does as far as the platform can tell: it listens where it is told to. */
const waved = `#!/usr/bin/env python3
import http.server, os
host, port = os.environ["H2O_WAVE_LISTEN"].split(":")
print("waved for", os.environ["H2O_WAVE_ADDRESS"], os.environ.get("H2O_WAVE_BASE_URL"), flush=True)
print("pages", os.path.exists("www"), flush=True)
http.server.HTTPServer((host, int(port)), http.server.BaseHTTPRequestHandler).serve_forever()
`

/** In the place of the ASGI server that Wave apps bring in their requirements. */
const uvicorn = `
import os, sys, time
print("uvicorn", " ".join(sys.argv[1:]), os.environ["H2O_WAVE_APP_ADDRESS"], flush=True)
time.sleep(600)
`

const manifest = `
[App]
Name = "waves"
Version = "1.0.0"
[Runtime]
Module = "waves.app"
RoutingMode = "BASE_URL"
`

test('a Wave app runs behind the Wave server, in one process group', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-waved-'))
  await writeFile(path.join(folder, 'waved'), waved)
  await chmod(path.join(folder, 'waved'), 0o755)
  // It serves its pages from beside itself.
  await mkdir(path.join(folder, 'www'))
  const before = process.env['PATH']
  process.env['PATH'] = `${folder}:${before}`
  const platform = await startTestPlatform({ scheduler: 'process' })
  try {
    const author = await platform.as('author')
    const bundle = await bundleOf({
      'app.toml': manifest,
      'waves/app.py': 'main = None\n',
      'uvicorn/__main__.py': uvicorn,
    })
    const app: App = await (await author.import(bundle)).json()
    const { id }: Instance = await (await author.post(`/apps/${app.id}/run`)).json()
    await eventually(
      async (): Promise<Instance> => (await author.get(`/instances/${id}`)).json(),
      ({ status }) => status === 'DEPLOYED',
    )
    const log = await eventually(
      async () => (await author.get(`/instances/${id}/logs`)).text(),
      (text) => text.includes('uvicorn '),
    )
    expect(log).toMatch(
      /uvicorn --host 127\.0\.0\.1 --port (\d+) waves\.app:main http:\/\/127\.0\.0\.1:\1\n/,
    )
    expect(log).toMatch(new RegExp(`waved for http://127.0.0.1:\\d+ /instance/${id}/\n`))

    expect(log).toContain('pages True')

    await author.post(`/instances/${id}/suspend`)
    const { processesOf } = await import('../../platform/scheduler/process-group.ts')
    expect(processesOf(id)).toEqual([])
  } finally {
    process.env['PATH'] = before
    await platform.end()
    await rm(folder, { recursive: true, force: true })
  }
})
