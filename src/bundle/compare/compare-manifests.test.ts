import { describe, expect, test } from 'vitest'
import { compareManifests } from './compare-manifests.ts'
import { manifestOf, type ManifestLines } from './testing/snapshots.ts'

async function changes(before: ManifestLines, after: ManifestLines) {
  return compareManifests(await manifestOf(before), await manifestOf(after))
}

/** "field kind weight: summary", as short as a table needs it. */
async function lines(before: ManifestLines, after: ManifestLines): Promise<string[]> {
  const found = await changes(before, after)
  return found.map(({ field, kind, weight, summary }) => `${field} ${kind} ${weight}: ${summary}`)
}

describe('[App]', () => {
  test.each<[string, string, string[]]>([
    ['', 'Title = "Demo"', ['App.Title changed patch: Title "demo" → "Demo"']],
    ['', 'Description = "Does it"', ['App.Description added patch: Description added: "Does it"']],
    [
      'Description = "Does it"',
      '',
      ['App.Description removed patch: Description removed (was "Does it")'],
    ],
    ['', 'Category = "sales"', ['App.Category changed patch: Category "Other" → "Sales"']],
    ['Category = "sales"', 'Category = "Sales"', []],
    ['Keywords = ["a", "b"]', 'Keywords = ["b", "a"]', []],
    [
      'Keywords = ["a", "b"]',
      'Keywords = ["c", "a"]',
      ['App.Keywords changed patch: Keywords: added c; removed b'],
    ],
    ['', 'Tags = ["x"]', ['App.Tags added patch: Tags: added x']],
    ['Tags = ["x"]', '', ['App.Tags removed patch: Tags: removed x']],
    ['', 'SetupGuide = "Call us"', ['App.SetupGuide added patch: Setup guide added: "Call us"']],
    [
      '',
      'InstanceLifecycle = "managed"',
      ['App.InstanceLifecycle changed major: Lifecycle ON_DEMAND → MANAGED'],
    ],
    ['', 'InstanceLifecycle = "ON_DEMAND"', []],
    ['InstanceTimeout = "90s"', 'InstanceTimeout = "1m30s"', []],
    [
      'InstanceTimeout = "1h"',
      'InstanceTimeout = "90m"',
      ['App.InstanceTimeout changed patch: Instance timeout 1h → 1h30m'],
    ],
    [
      'InstanceTimeout = "1h"',
      'InstanceTimeout = "45s"',
      ['App.InstanceTimeout changed minor: Instance timeout 1h → 45s'],
    ],
    [
      'InstanceTimeout = "1h"',
      'InstanceTimeout = "-1"',
      ['App.InstanceTimeout changed patch: Instance timeout 1h → never'],
    ],
    [
      'InstanceTimeout = -1',
      '',
      ['App.InstanceTimeout removed minor: Instance timeout removed (was never)'],
    ],
  ])('%j → %j', async (before, after, expected) => {
    expect(await lines({ app: before }, { app: after })).toEqual(expected)
  })

  test('name and version say nothing about the step', async () => {
    expect(await lines({}, { name: 'other', version: '1.1.0' })).toEqual([
      'App.Name changed none: Name demo → other',
      'App.Version changed none: Version 1.0.0 → 1.1.0',
      'App.Title changed patch: Title "demo" → "other"',
    ])
  })
})

describe('[Runtime]', () => {
  const volume = (mount: string, size = '1Gi') => `VolumeMount = "${mount}"\nVolumeSize = "${size}"`

  test.each<[string, string, string[]]>([
    ['MemoryLimit = "1024Mi"', 'MemoryLimit = "1Gi"', []],
    ['CPULimit = "500m"', 'CPULimit = "0.5"', []],
    [
      'MemoryLimit = "2Gi"',
      'MemoryLimit = "4Gi"',
      ['Runtime.MemoryLimit changed minor: Memory limit 2Gi → 4Gi (+2Gi)'],
    ],
    [
      'MemoryLimit = "4Gi"',
      'MemoryLimit = "3500Mi"',
      ['Runtime.MemoryLimit changed patch: Memory limit 4Gi → 3500Mi (-596Mi)'],
    ],
    [
      'MemoryLimit = "1G"',
      'MemoryLimit = "1Gi"',
      ['Runtime.MemoryLimit changed minor: Memory limit 1G → 1Gi (+70.33Mi)'],
    ],
    ['', 'MemoryLimit = "4Gi"', ['Runtime.MemoryLimit added minor: Memory limit added: 4Gi']],
    [
      'MemoryLimit = "4Gi"',
      '',
      ['Runtime.MemoryLimit removed patch: Memory limit removed (was 4Gi)'],
    ],
    [
      'MemoryReservation = "256Mi"',
      'MemoryReservation = "512Mi"',
      ['Runtime.MemoryReservation changed minor: Memory reservation 256Mi → 512Mi (+256Mi)'],
    ],
    [
      'CPULimit = "500m"',
      'CPULimit = "1.5"',
      ['Runtime.CPULimit changed minor: CPU limit 500m → 1.5 (+1)'],
    ],
    [
      'CPUReservation = "1"',
      'CPUReservation = "250m"',
      ['Runtime.CPUReservation changed patch: CPU reservation 1 → 250m (-750m)'],
    ],
    [
      'ResourceVolumeSize = "1Gi"',
      'ResourceVolumeSize = "2Gi"',
      ['Runtime.ResourceVolumeSize changed minor: Resource volume size 1Gi → 2Gi (+1Gi)'],
    ],
    ['', 'GPUCount = 1', ['Runtime.GPUCount added minor: GPUs added: 1']],
    ['GPUCount = 2', 'GPUCount = 1', ['Runtime.GPUCount changed patch: GPUs 2 → 1 (-1)']],
    ['GPUCount = 0', '', []],
    [
      'GPUCount = 1\nGPUType = "a10"',
      'GPUCount = 1\nGPUType = "h100"',
      ['Runtime.GPUType changed minor: GPU type a10 → h100'],
    ],
    ['', 'GPUType = "a10"', ['Runtime.GPUType added none: GPU type added: a10']],
    [
      '',
      volume('/data'),
      [
        'Runtime.VolumeMount added minor: Volume mount added: /data',
        'Runtime.VolumeSize added minor: Volume size added: 1Gi',
      ],
    ],
    [
      volume('/data'),
      '',
      [
        'Runtime.VolumeMount removed major: Volume mount removed (was /data)',
        'Runtime.VolumeSize removed major: Volume size removed (was 1Gi)',
      ],
    ],
    [
      volume('/data'),
      volume('/store'),
      ['Runtime.VolumeMount changed major: Volume mount /data → /store'],
    ],
    [volume('/data'), volume('/data//'), []],
    [
      volume('/data', '2Gi'),
      volume('/data', '1Gi'),
      ['Runtime.VolumeSize changed major: Volume size 2Gi → 1Gi (-1Gi)'],
    ],
    [
      volume('/data', '1Gi'),
      volume('/data', '2Gi'),
      ['Runtime.VolumeSize changed minor: Volume size 1Gi → 2Gi (+1Gi)'],
    ],
    ['', 'EnableOIDC = true', ['Runtime.EnableOIDC added major: Sign-in with OIDC turned on']],
    [
      'EnableOIDC = true',
      'EnableOIDC = false',
      ['Runtime.EnableOIDC removed minor: Sign-in with OIDC turned off'],
    ],
    ['', 'EnableSHM = true', ['Runtime.EnableSHM added minor: Shared memory turned on']],
    ['EnableSHM = true', '', ['Runtime.EnableSHM removed patch: Shared memory turned off']],
    [
      '',
      'RoutingMode = "base_url"',
      ['Runtime.RoutingMode changed major: Routing mode DOMAIN → BASE_URL'],
    ],
    ['', 'AppMode = "python"', ['Runtime.AppMode changed major: App mode wave → python']],
    ['Module = "app"', 'Module = "main"', ['Runtime.Module changed patch: Module app → main']],
    [
      'RuntimeVersion = "deb11_cpu_py38_wv1"',
      'RuntimeVersion = "deb12_cpu_py310_wv1"',
      [
        'Runtime.RuntimeVersion changed major: Runtime version deb11_cpu_py38_wv1 → deb12_cpu_py310_wv1',
      ],
    ],
    [
      'RuntimeVersion = "deb11_cpu_py38_wv1"',
      'RuntimeVersion = "deb11_gpu_py38_wv1"',
      [
        'Runtime.RuntimeVersion changed minor: Runtime version deb11_cpu_py38_wv1 → deb11_gpu_py38_wv1',
      ],
    ],
    [
      'RuntimeVersion = "python-3.9"',
      'RuntimeVersion = "python3.11"',
      ['Runtime.RuntimeVersion changed major: Runtime version python-3.9 → python3.11'],
    ],
    [
      '',
      'RuntimeVersion = "newest"',
      ['Runtime.RuntimeVersion added minor: Runtime version added: newest'],
    ],
    ['Port = 8000', 'Port = 8080', ['Runtime.Port changed patch: Port 8000 → 8080']],
    [
      'AppArgs = ["-a", "b"]',
      'AppArgs = ["b", "-a"]',
      ['Runtime.AppArgs changed patch: Arguments ["-a","b"] → ["b","-a"]'],
    ],
    [
      '',
      'AppEntryPoint = ["sh"]',
      ['Runtime.AppEntryPoint added patch: Entry point added: ["sh"]'],
    ],
    ['', 'CustomImage = "a/b:1"', ['Runtime.CustomImage added none: Image added: a/b:1']],
  ])('%j → %j', async (before, after, expected) => {
    expect(await lines({ runtime: before }, { runtime: after })).toEqual(expected)
  })

  test.each([
    ['registry:5000/team/app:1', 'registry:5000/team/app:2', 'patch'],
    ['registry:5000/team/app', `registry:5000/team/app@sha256:${'a'.repeat(64)}`, 'patch'],
    ['team/app:1', 'team/other:1', 'minor'],
  ])('the image %s → %s asks for a %s version', async (before, after, weight) => {
    const container = (image: string) => ({
      runtime: `AppMode = "container"\nPort = 80\nCustomImage = "${image}"`,
    })
    const found = await changes(container(before), container(after))
    expect(found.map((change) => [change.field, change.weight])).toEqual([
      ['Runtime.CustomImage', weight],
    ])
  })
})

describe('[Link]', () => {
  const link = (address: string): ManifestLines => ({
    app: 'InstanceLifecycle = "LINK"',
    runtime: null,
    rest: `[Link]\nAddress = "${address}"`,
  })

  test.each([
    ['https://one.example/a', 'https://two.example/a', 'major'],
    ['https://one.example/a', 'https://one.example:8443/a', 'major'],
    ['https://one.example/a', 'https://one.example/b?c=1', 'patch'],
  ])('%s → %s asks for a %s version', async (before, after, weight) => {
    const found = await changes(link(before), link(after))
    expect(found.map((change) => [change.field, change.weight])).toEqual([['Link.Address', weight]])
  })

  test('an app that becomes a link runs nothing any more', async () => {
    const found = await lines({}, link('https://one.example/'))
    expect(found).toEqual([
      'App.InstanceLifecycle changed major: Lifecycle ON_DEMAND → LINK',
      'Link.Address added major: Address added: https://one.example/',
      'Runtime removed major: The app runs nothing any more',
    ])
  })
})

describe('[[Env]] and [[File]]', () => {
  const value = (text: string, name = 'A') => `[[Env]]\nName = "${name}"\nValue = "${text}"\n`
  const secret = (key: string, optional = false, name = 'A') =>
    `[[Env]]\nName = "${name}"\nSecret = "s"\nSecretKey = "${key}"\nOptional = ${optional}\n`
  const file = (path: string, source = 'Value = "x"') => `[[File]]\nPath = "${path}"\n${source}\n`

  test.each<[string, string, string[]]>([
    ['', value('1'), ['Env.A added patch: Variable A added: "1"']],
    [value('1'), '', ['Env.A removed patch: Variable A removed']],
    [value('1'), value('2'), ['Env.A changed patch: Variable A "1" → "2"']],
    [value('1') + value('2', 'B'), value('2', 'B') + value('1'), []],
    ['', secret('k'), ['Env.A added major: Variable A added: secret s, key k']],
    ['', secret('k', true), ['Env.A added minor: Variable A added: secret s, key k, optional']],
    [value('1'), secret('k'), ['Env.A changed major: Variable A "1" → secret s, key k']],
    [secret('k'), value('1'), ['Env.A changed patch: Variable A secret s, key k → "1"']],
    [secret('k'), secret('k', true), ['Env.A changed patch: Variable A became optional']],
    [secret('k', true), secret('k'), ['Env.A changed major: Variable A is not optional any more']],
    [
      secret('k'),
      secret('l'),
      ['Env.A changed major: Variable A secret s, key k → secret s, key l'],
    ],
    [
      secret('k'),
      secret('k', false, 'B'),
      [
        'Env.A removed patch: Variable A removed',
        'Env.B added patch: Variable B added: secret s, key k',
      ],
    ],
    ['', file('/etc/demo/a'), ['File./etc/demo/a added patch: File /etc/demo/a added: "x"']],
    [
      file('/etc/demo/a', 'Secret = "s"\nSecretKey = "k"'),
      file('/etc/other/a', 'Secret = "s"\nSecretKey = "k"'),
      [
        'File./etc/demo/a removed patch: File /etc/demo/a removed',
        'File./etc/other/a added patch: File /etc/other/a added: secret s, key k',
      ],
    ],
    [
      '',
      file('/etc/demo/a', 'Secret = "s"\nSecretKey = "k"'),
      ['File./etc/demo/a added major: File /etc/demo/a added: secret s, key k'],
    ],
  ])('%j → %j', async (before, after, expected) => {
    expect(await lines({ rest: before }, { rest: after })).toEqual(expected)
  })

  test('a long value is clipped and stays out of the summary', async () => {
    const [change] = await changes({}, { rest: value('v'.repeat(10_000)) })
    expect(change?.summary).toBe('Variable A added')
    expect(change?.after?.length).toBeLessThan(100)
  })
})

test('what the texts say can’t steer a terminal', async () => {
  const [change] = await changes({}, { app: 'Description = "a\\u001b[31m\\u202eb\\nc"' })
  expect(change?.after).toBe('a\\u{1b}[31m\\u{202e}b c')
})

test('long texts that differ at their end are a change', async () => {
  const text = (end: string) => ({ app: `Description = "${'a '.repeat(200)}${end}"` })
  expect(await lines(text('x'), text('y'))).toEqual([
    'App.Description changed patch: Description changed',
  ])
})
