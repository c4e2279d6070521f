import { afterAll, beforeAll, expect, test } from 'vitest'
import { appBundle } from '../support/bundles.ts'
import { startTestPlatform, type TestPlatform } from '../support/test-platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startTestPlatform({ allowedEnvNames: ['H2O_CLOUD_REGION', 'H2O_WAVE_LOG_*'] })
})
afterAll(() => platform.end())

const withEnv = (name: string) =>
  appBundle({ name: name.toLowerCase(), rest: `[[Env]]\nName = "${name}"\nValue = "1"` })

test('a deployment says which reserved names it opens, and takes them', async () => {
  const author = await platform.as('author')
  const { allowedEnvNames } = await (await author.get('/environment')).json()
  expect(allowedEnvNames).toEqual(['H2O_CLOUD_REGION', 'H2O_WAVE_LOG_*'])
  for (const name of ['H2O_CLOUD_REGION', 'H2O_WAVE_LOG_LEVEL']) {
    expect((await author.import(await withEnv(name))).status).toBe(201)
  }
  const refused = await author.import(await withEnv('H2O_CLOUD_ZONE'))
  expect(refused.status).toBe(422)
})
