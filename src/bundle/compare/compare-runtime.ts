import { pythonOfRuntime } from '../contents/requirements/wheel-name.ts'
import type { Runtime } from '../manifest/manifest.ts'
import {
  type Change,
  compareFields,
  type Field,
  type Judgement,
  kindOf,
  major,
  minor,
  none,
  patch,
} from './change.ts'
import { quantityGrowth, quantityStep } from './quantity-text.ts'

type RuntimeField = Field<Runtime>

/**
 * The changes of `[Runtime]` by meaning: quantities by value, paths without their empty parts.
 * Where one side has no such section, that is the only change.
 */
export function compareRuntimes(before: Runtime | null, after: Runtime | null): Change[] {
  if (before !== null && after !== null) return compareFields(FIELDS, before, after)
  if (before === after) return []
  const summary = after === null ? 'The app runs nothing any more' : 'The app runs something now'
  const judgement = major('People launch it in a different way.')
  return [
    {
      field: 'Runtime',
      kind: kindOf(before, after),
      before: null,
      after: null,
      summary,
      ...judgement,
    },
  ]
}

const always = (judgement: Judgement) => () => judgement

const FIELDS: readonly RuntimeField[] = [
  {
    field: 'Runtime.AppMode',
    label: 'App mode',
    read: (runtime) => runtime.appMode,
    judge: always(major('The platform starts and shows the app in a different way.')),
  },
  {
    field: 'Runtime.Module',
    label: 'Module',
    read: (runtime) => runtime.module,
    judge: always(patch('What is started has a different name; nobody has to change anything.')),
  },
  {
    field: 'Runtime.RuntimeVersion',
    label: 'Runtime version',
    read: (runtime) => runtime.runtimeVersion,
    judge: judgeRuntimeVersion,
  },
  {
    field: 'Runtime.RoutingMode',
    label: 'Routing mode',
    read: (runtime) => runtime.routingMode,
    judge: always(major('Instances get other addresses, so bookmarks and links stop working.')),
  },
  {
    field: 'Runtime.EnableOIDC',
    label: 'Sign-in with OIDC',
    read: (runtime) => (runtime.enableOidc ? 'on' : null),
    words: { added: 'Sign-in with OIDC turned on', removed: 'Sign-in with OIDC turned off' },
    judge: (_before, after) =>
      after === null
        ? minor('People are not asked to sign in any more.')
        : major('People have to sign in where they did not before.'),
  },
  {
    field: 'Runtime.EnableSHM',
    label: 'Shared memory',
    read: (runtime) => (runtime.enableShm ? 'on' : null),
    words: { added: 'Shared memory turned on', removed: 'Shared memory turned off' },
    judge: (_before, after) =>
      after === null ? patch('It needs less than before.') : minor('It needs more than before.'),
  },
  {
    field: 'Runtime.VolumeMount',
    label: 'Volume mount',
    read: (runtime) => runtime.volumeMount,
    same: (before, after) => cleanPath(before) === cleanPath(after),
    judge(before, after) {
      if (before === null) return minor('A resumed instance keeps what it stored there.')
      return after === null
        ? major('What instances stored there is not kept any more.')
        : major('What instances stored in the old folder is not found in the new one.')
    },
  },
  {
    ...quantity('Runtime.VolumeSize', 'Volume size', 'bytes', (runtime) => runtime.volumeSize),
    judge(before, after) {
      const growth = growthOf(before, after)
      if (after === null) return major('What instances stored on the volume is not kept any more.')
      if (growth === null || growth >= 0) return minor('It needs more disk than before.')
      return major('What instances stored may not fit on the smaller volume.')
    },
  },
  quantity(
    'Runtime.ResourceVolumeSize',
    'Resource volume size',
    'bytes',
    (runtime) => runtime.resourceVolumeSize,
  ),
  quantity('Runtime.MemoryLimit', 'Memory limit', 'bytes', (runtime) => runtime.memoryLimit),
  quantity(
    'Runtime.MemoryReservation',
    'Memory reservation',
    'bytes',
    (runtime) => runtime.memoryReservation,
  ),
  quantity('Runtime.CPULimit', 'CPU limit', 'cores', (runtime) => runtime.cpuLimit),
  quantity(
    'Runtime.CPUReservation',
    'CPU reservation',
    'cores',
    (runtime) => runtime.cpuReservation,
  ),
  {
    field: 'Runtime.GPUCount',
    label: 'GPUs',
    read: (runtime) => (runtime.gpuCount === 0 ? null : String(runtime.gpuCount)),
    note: (before, after) => quantityStep(before, after, 'cores'),
    judge: judgeAmount,
  },
  {
    field: 'Runtime.GPUType',
    label: 'GPU type',
    read: (runtime) => runtime.gpuType,
    judge: (_before, after, sections) =>
      sections.after.gpuCount === 0
        ? none('It has no effect without a GPUCount.')
        : after === null
          ? patch('Any GPU will do.')
          : minor('It needs a different type of GPU.'),
  },
  {
    field: 'Runtime.Port',
    label: 'Port',
    read: (runtime) => (runtime.port === null ? null : String(runtime.port)),
    judge: always(patch('Only the platform uses the port.')),
  },
  {
    field: 'Runtime.CustomImage',
    label: 'Image',
    read: (runtime) => runtime.customImage,
    judge: judgeImage,
  },
  // As JSON, so that ["a b"] and ["a", "b"] stay apart.
  {
    field: 'Runtime.AppArgs',
    label: 'Arguments',
    read: (runtime) => (runtime.appArgs.length === 0 ? null : JSON.stringify(runtime.appArgs)),
    judge: always(patch('Only how the platform starts the app is different.')),
  },
  {
    field: 'Runtime.AppEntryPoint',
    label: 'Entry point',
    read: (runtime) =>
      runtime.appEntryPoint.length === 0 ? null : JSON.stringify(runtime.appEntryPoint),
    judge: always(patch('Only how the platform starts the app is different.')),
  },
]

function quantity(
  field: string,
  label: string,
  unit: 'bytes' | 'cores',
  read: RuntimeField['read'],
): RuntimeField {
  return {
    field,
    label,
    read,
    same: (before, after) => quantityGrowth(before, after) === 0,
    note: (before, after) => quantityStep(before, after, unit),
    judge: judgeAmount,
  }
}

function judgeAmount(before: string | null, after: string | null): Judgement {
  if (after === null) return patch('What the deployment gives is enough.')
  if (before === null) return minor('It asks for an amount of its own.')
  const growth = growthOf(before, after)
  if (growth !== null && growth < 0) return patch('It needs less than before.')
  return minor('It needs more than before.')
}

function growthOf(before: string | null, after: string | null): number | null {
  return before === null || after === null ? null : quantityGrowth(before, after)
}

function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .join('/')
}

function judgeRuntimeVersion(before: string | null, after: string | null): Judgement {
  const old = pythonText(before)
  const now = pythonText(after)
  if (old !== now && old !== '' && now !== '') {
    return major(`It runs on Python ${now} instead of ${old}.`)
  }
  return minor('Another runtime may hold other versions of what the app uses.')
}

/** "3.10"; empty where the runtime's name doesn't tell. */
function pythonText(runtimeVersion: string | null): string {
  const python = pythonOfRuntime(runtimeVersion)
  return python === null ? '' : `${python.major}.${python.minor}`
}

function judgeImage(
  before: string | null,
  after: string | null,
  sections: { after: Runtime },
): Judgement {
  if (sections.after.appMode !== 'container') {
    return none('It has no effect unless AppMode is "container".')
  }
  return repositoryOf(before) === repositoryOf(after)
    ? patch('It is another build of the same image.')
    : minor('It is a different image.')
}

// What comes before the tag and the digest; a colon before a slash is the registry's port.
function repositoryOf(image: string | null): string | null {
  if (image === null) return null
  const [name = ''] = image.split('@', 1)
  const colon = name.lastIndexOf(':')
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name
}
