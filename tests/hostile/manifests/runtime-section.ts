import {
  advised,
  type Expectation,
  fine,
  type HostileCase,
  ofManifest,
  refused,
  warned,
} from '../case.ts'
import { TOML } from '../samples.ts'

const quantity = refused('runtime.quantity-invalid')
const wrongType = refused('manifest.wrong-type')
const mount = refused('runtime.volume-mount-invalid')

const line = (text: string, expect: Expectation) => ofManifest(text, expect, `${TOML}${text}\n`)
const module = (value: string, expect: Expectation) =>
  ofManifest(
    `Module = ${value.length > 40 ? `${value.length - 2} characters` : value}`,
    expect,
    TOML.replace('"app"', () => value),
  )
const volume = (path: string, expect: Expectation) =>
  line(`VolumeMount = "${path}"\nVolumeSize = "1Gi"`, expect)
const container = (lines: string, expect: Expectation) =>
  ofManifest(
    `a container with ${lines === '' ? 'nothing' : lines}`,
    expect,
    TOML.replace('Module = "app"', () => `AppMode = "container"\n${lines}`),
  )

/** What [Runtime] may say and what not. */
export const runtimeSection: readonly HostileCase[] = [
  ofManifest('no [Runtime]', refused('runtime.missing'), TOML.slice(0, TOML.indexOf('[Runtime]'))),
  ofManifest('no Module', refused('runtime.module-required'), TOML.replace('Module = "app"\n', '')),
  ofManifest('[Runtime] as a list', wrongType, TOML.replace('[Runtime]', '[[Runtime]]')),
  module('"main"', refused('runtime.module-missing')),
  module('"App"', refused('runtime.module-missing')),
  module('"src.app"', refused('runtime.module-missing')),
  module('"time"', refused('runtime.module-missing')),
  module('"app.py"', refused('runtime.module-missing')),
  module('"src/app"', refused('runtime.module-invalid')),
  module('"app:main"', refused('runtime.module-invalid')),
  module('"..app"', refused('runtime.module-invalid')),
  module('"app; rm -rf /"', refused('runtime.module-invalid')),
  module('"--help"', refused('runtime.module-invalid')),
  module('""', refused('runtime.module-required')),
  module('7', wrongType),
  module(`"${'a.'.repeat(50_000)}a"`, refused('runtime.module-missing')),
  line('MemoryLimit = "512MB"', quantity),
  line('MemoryLimit = "1 Gi"', quantity),
  line('MemoryLimit = "one"', quantity),
  line('MemoryLimit = "Infinity"', quantity),
  line('MemoryLimit = "0x10"', quantity),
  line('MemoryLimit = "1e"', quantity),
  line('MemoryLimit = "0"', refused('runtime.quantity-not-positive')),
  line('MemoryLimit = "-1Gi"', refused('runtime.quantity-not-positive')),
  line('MemoryLimit = 1024', wrongType),
  line('MemoryLimit = "512m"', warned('runtime.quantity-tiny')),
  line('MemoryLimit = "512"', warned('runtime.quantity-tiny')),
  line('MemoryLimit = "1e999999999"', fine),
  line('MemoryLimit = "1.5e9"', fine),
  line('MemoryLimit = "0.5Gi"', fine),
  line('CPULimit = "2Gi"', warned('runtime.quantity-huge')),
  line('CPULimit = "500m"', fine),
  line('MemoryLimit = "1G"\nMemoryReservation = "1Gi"', refused('runtime.reservation-above-limit')),
  line('MemoryLimit = "1Gi"\nMemoryReservation = "1024Mi"', fine),
  line('VolumeMount = "/data"', refused('runtime.volume-size-missing')),
  line('VolumeSize = "1Gi"', refused('runtime.volume-mount-missing')),
  volume('/data', fine),
  volume('data', mount),
  volume('/', mount),
  volume('/a/../b', mount),
  volume('/a:b', mount),
  volume('/resources', refused('runtime.volume-mount-in-bundle')),
  line('Port = 0', refused('runtime.port-invalid')),
  line('Port = 65536', refused('runtime.port-invalid')),
  line('Port = -1', refused('runtime.port-invalid')),
  line('Port = "8080"', wrongType),
  line('Port = 8080.0', wrongType),
  line('Port = 99999999999999999999', wrongType),
  line('GPUCount = -1', refused('runtime.gpu-count-invalid')),
  line('GPUType = "a100"', warned('runtime.gpu-type-unused')),
  line('EnableOIDC = "true"', wrongType),
  line('EnableSHM = 1', wrongType),
  line('RoutingMode = "PATH"', refused('runtime.mode-unknown')),
  line('RoutingMode = "base_url"', advised('manifest.value-spelling')),
  line('AppMode = "node"', refused('runtime.mode-unknown')),
  line('CustomImage = "a/b:1"', warned('runtime.image-unused')),
  line('AppArgs = "--x"', wrongType),
  line('Modul = "app"', warned('manifest.unknown-key')),
  container('', refused('runtime.port-missing', 'runtime.image-missing')),
  container('CustomImage = "a/b:1"\nPort = 80', advised('runtime.container-admin-only')),
  container('CustomImage = "A B"\nPort = 80', refused('runtime.image-invalid')),
  container('CustomImage = "a/b:1; rm -rf /"\nPort = 80', refused('runtime.image-invalid')),
  container('CustomImage = "images.example:5000/a/b:1.0"', refused('runtime.port-missing')),
]
