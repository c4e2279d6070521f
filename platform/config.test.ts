import { expect, test } from 'vitest'
import { readConfig, UsageError } from './config.ts'

const read = (names: string) => readConfig([], { WAVEDECK_ALLOWED_ENV_NAMES: names }, '/srv')

test('reserved names that apps may set are read as a list', () => {
  expect(read(' H2O_CLOUD_REGION, H2O_WAVE_LOG_* ,')).toMatchObject({
    allowedEnvNames: ['H2O_CLOUD_REGION', 'H2O_WAVE_LOG_*'],
  })
  expect(readConfig([], {}, '/srv')).toMatchObject({ allowedEnvNames: [] })
})

test.each(['A B', '*', 'H2O_*_X', '1A'])('“%s” is no name', (names) => {
  expect(() => read(names)).toThrow(UsageError)
})
