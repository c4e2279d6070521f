import { advice, error, warning } from '../finding.ts'
import { APP_MODES, ROUTING_MODES, type AppMode, type Runtime } from './manifest.ts'
import { clip, type SECTION_KEYS, type Section } from './table.ts'
import { readQuantities } from './resource-rules.ts'
import { suggest } from './suggest.ts'

export type RuntimeSection = Section<(typeof SECTION_KEYS)['Runtime'][number]>

// A dotted name of Python identifiers, as far as a pattern can say.
const MODULE = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u
/** Characters of a module for which another one is offered. */
const MAX_FIXABLE = 200
// [host[:port]/]path[:tag][@digest], after the distribution project's reference grammar.
const IMAGE =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,})?$/

/** Reads and checks `[Runtime]`, as far as that is possible without the bundle's files. */
export function readRuntime(section: RuntimeSection): Runtime {
  const appMode = readChoice(section, 'AppMode', APP_MODES)
  const routingMode = readChoice(section, 'RoutingMode', ROUTING_MODES)
  const quantities = readQuantities(section)
  const runtime: Runtime = {
    appMode,
    routingMode,
    module: readModule(section, appMode),
    runtimeVersion: section.text('RuntimeVersion'),
    port: readPort(section, appMode),
    customImage: readImage(section, appMode),
    appArgs: section.strings('AppArgs'),
    appEntryPoint: section.strings('AppEntryPoint'),
    volumeMount: readMount(section, quantities.VolumeSize),
    volumeSize: quantities.VolumeSize,
    resourceVolumeSize: quantities.ResourceVolumeSize,
    memoryLimit: quantities.MemoryLimit,
    memoryReservation: quantities.MemoryReservation,
    cpuLimit: quantities.CPULimit,
    cpuReservation: quantities.CPUReservation,
    gpuCount: readGpuCount(section),
    gpuType: section.text('GPUType'),
    enableOidc: section.boolean('EnableOIDC') ?? false,
    enableShm: section.boolean('EnableSHM') ?? false,
  }
  if (runtime.gpuType !== null && runtime.gpuCount === 0) {
    section.report(
      warning(
        'runtime.gpu-type-unused',
        'GPUType has no effect without a GPUCount. Add GPUCount = 1 or remove it.',
        section.place('GPUType'),
      ),
    )
  }
  return runtime
}

function readChoice<Choice extends string>(
  section: RuntimeSection,
  key: 'AppMode' | 'RoutingMode',
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const [standard] = choices
  const value = section.text(key)
  if (value === null) return standard
  const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase())
  if (found === value) return found
  const meant = found ?? suggest(value, choices)
  const place = { ...section.place(key), ...(meant === null ? {} : { fix: `${key} = "${meant}"` }) }
  if (found !== undefined) {
    section.report(
      advice(
        'manifest.value-spelling',
        `The documented spelling of "${clip(value)}" is "${found}".`,
        place,
      ),
    )
    return found
  }
  section.report(
    error(
      'runtime.mode-unknown',
      `"${clip(value)}" is no ${key}. Write one of: ${choices.join(', ')}.`,
      place,
    ),
  )
  return standard
}

function readModule(section: RuntimeSection, appMode: AppMode): string | null {
  const module = section.text('Module')
  if (appMode === 'container') return module
  if (module === null) {
    if (!section.has('Module') || section.raw('Module') === '') {
      section.report(
        error(
          'runtime.module-required',
          'Runtime.Module is missing: the platform wouldn’t know what to start. Add it, e.g. Module = "app".',
          section.place(),
        ),
      )
    }
    return null
  }
  if (MODULE.test(module)) return module
  const fixed = fixModule(module)
  section.report(
    error(
      'runtime.module-invalid',
      `"${clip(module)}" is no Python module. Write its dotted name, as after "python3 -m".`,
      fixed === null
        ? section.place('Module')
        : { ...section.place('Module'), fix: `Module = "${fixed}"` },
    ),
  )
  return null
}

// "src/app.py", "app:main": the paths and entry points that other tools are given.
function fixModule(module: string): string | null {
  if (module.length > MAX_FIXABLE) return null
  const fixed = module
    .replace(/^(\.?\/)+/, '')
    .replace(/:.*$/, '')
    .replace(/\.py$/, '')
    .replace(/[/\\]/g, '.')
  return MODULE.test(fixed) ? fixed : null
}

function readPort(section: RuntimeSection, appMode: AppMode): number | null {
  const port = section.integer('Port')
  if (port === null) {
    if (appMode === 'container' && !section.has('Port')) {
      section.report(
        error(
          'runtime.port-missing',
          'A container app needs Runtime.Port, where it listens. Add it, e.g. Port = 8080.',
          section.place(),
        ),
      )
    }
    return null
  }
  if (port >= 1 && port <= 65535) return port
  section.report(
    error('runtime.port-invalid', 'Port must be between 1 and 65535.', section.place('Port')),
  )
  return null
}

function readImage(section: RuntimeSection, appMode: AppMode): string | null {
  const image = section.text('CustomImage')
  if (appMode !== 'container') {
    if (image !== null) {
      section.report(
        warning(
          'runtime.image-unused',
          'CustomImage has no effect unless AppMode is "container".',
          section.place('CustomImage'),
        ),
      )
    }
    return image
  }
  section.report(
    advice(
      'runtime.container-admin-only',
      'Only an admin can import a container app.',
      section.place('AppMode'),
    ),
  )
  if (image === null) {
    if (!section.has('CustomImage') || section.raw('CustomImage') === '') {
      section.report(
        error(
          'runtime.image-missing',
          'A container app needs Runtime.CustomImage, the image to run.',
          section.place(),
        ),
      )
    }
    return null
  }
  if (image.length > 512 || !IMAGE.test(image)) {
    section.report(
      error(
        'runtime.image-invalid',
        `"${clip(image)}" is no image reference. Write registry/name:tag in lower case.`,
        section.place('CustomImage'),
      ),
    )
  }
  return image
}

function readMount(section: RuntimeSection, size: string | null): string | null {
  const mount = section.text('VolumeMount')
  if (mount === null) {
    if (size !== null && !section.has('VolumeMount')) {
      section.report(
        error(
          'runtime.volume-mount-missing',
          'VolumeSize needs a VolumeMount. Add the folder to keep, e.g. VolumeMount = "/data".',
          section.place('VolumeSize'),
        ),
      )
    }
    return null
  }
  const place = section.place('VolumeMount')
  const segments = mount.split('/')
  if (
    !mount.startsWith('/') ||
    segments.some((part) => part === '.' || part === '..') ||
    /[:\0]/.test(mount)
  ) {
    section.report(
      error(
        'runtime.volume-mount-invalid',
        'VolumeMount must be an absolute path without "." or ":", such as "/data".',
        place,
      ),
    )
  } else if (segments.every((part) => part === '')) {
    section.report(
      error(
        'runtime.volume-mount-invalid',
        'VolumeMount must not be the root folder. Write e.g. "/data".',
        place,
      ),
    )
  }
  if (size === null && !section.has('VolumeSize')) {
    section.report(
      error(
        'runtime.volume-size-missing',
        'VolumeMount needs a VolumeSize. Add one, e.g. VolumeSize = "1Gi".',
        place,
      ),
    )
  }
  return mount
}

function readGpuCount(section: RuntimeSection): number {
  const count = section.integer('GPUCount')
  if (count === null || count >= 0) return count ?? 0
  section.report(
    error('runtime.gpu-count-invalid', 'GPUCount must not be negative.', section.place('GPUCount')),
  )
  return 0
}
