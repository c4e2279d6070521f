import { parsePackageVersion } from './package-version.ts'

/** What the file name of a wheel says (PEP 427); each list holds alternatives. */
export type WheelName = {
  /** As it is written, so underscores stand for dashes. */
  name: string
  version: string
  pythons: string[]
  abis: string[]
  platforms: string[]
}

/**
 * A wheel's name read, or why pip refuses it. `certain`: every pip does; else only newer ones, which
 * want a proper name and version too.
 */
export type WheelReading =
  | { wheel: WheelName; problem: { message: string; certain: false } | null }
  | { wheel: null; problem: { message: string; certain: true } }

/** Reads the file name of a wheel, e.g. `demo-1.0-py3-none-any.whl`. */
export function readWheelName(fileName: string): WheelReading {
  const refuse = (message: string): WheelReading => ({
    wheel: null,
    problem: { message, certain: true },
  })
  if (!fileName.endsWith('.whl')) return refuse('it doesn’t end with ".whl" in lower case')
  const parts = fileName.slice(0, -'.whl'.length).split('-')
  if ((parts.length !== 5 && parts.length !== 6) || /\s/.test(fileName)) {
    return refuse('it isn’t of the form name-version-python-abi-platform.whl')
  }
  const [name = '', version = ''] = parts
  const [pythons = '', abis = '', platforms = ''] = parts.slice(-3)
  if (name === '' || pythons === '' || abis === '' || platforms === '') {
    return refuse('one of its parts is empty')
  }
  if (parts.length === 6 && !/^\d/.test(parts[2] ?? '')) {
    return refuse('its third part is no build number, which begins with a digit')
  }
  if (!/^[\p{L}\p{N}_.]+$/u.test(name))
    return refuse('its name has other signs than letters and digits')
  const message = name.includes('__')
    ? 'its name has two underscores in a row'
    : parsePackageVersion(version) === null
      ? 'its version is none that PEP 440 knows'
      : null
  return {
    wheel: {
      name,
      version: version.replaceAll('_', '-'),
      pythons: pythons.toLowerCase().split('.', MAX_TAGS),
      abis: abis.toLowerCase().split('.', MAX_TAGS),
      platforms: platforms.toLowerCase().split('.', MAX_TAGS),
    },
    problem: message === null ? null : { message, certain: false },
  }
}

const MAX_TAGS = 32

/** A version of Python, e.g. 3.10. */
export type PythonVersion = { major: number; minor: number }

/** The Python that the name of a runtime tells, e.g. 3.8 of `ub2004_cuda114_py38_datatable`. */
export function pythonOfRuntime(runtimeVersion: string | null): PythonVersion | null {
  const match = /(?:^|[^a-z0-9])py(?:thon)?[-_]?([23])\.?(\d{1,2})(?!\d)/i.exec(
    (runtimeVersion ?? '').slice(0, 200),
  )
  return match === null ? null : { major: Number(match[1]), minor: Number(match[2]) }
}

/** Whether CPython of this version takes the wheel (PEP 425, without its platforms). */
export function fitsPython({ pythons, abis }: WheelName, { major, minor }: PythonVersion): boolean {
  const own = `cp${major}${minor}`
  return pythons.some((tag) => {
    const match = /^(cp|py)(\d)(\d{0,3})$/.exec(tag)
    if (match === null || Number(match[2]) !== major) return false
    const [, implementation, , digits = ''] = match
    if (implementation === 'py') {
      return abis.includes('none') && (digits === '' || Number(digits) <= minor)
    }
    if (digits === '') return false
    if (Number(digits) === minor) {
      return abis.some((abi) => abi === 'none' || abi === 'abi3' || isOwnAbi(abi, own))
    }
    return Number(digits) < minor && abis.includes('abi3')
  })
}

// Up to 3.7 the abi had letters for how Python was built, e.g. cp37m, cp27mu.
function isOwnAbi(abi: string, own: string): boolean {
  return abi.startsWith(own) && /^[dmu]*$/.test(abi.slice(own.length))
}

/** Whether a wheel is for macOS or Windows alone; apps run on Linux. */
export function isForeign({ platforms }: WheelName): boolean {
  return platforms.every((platform) => /^(?:macosx_|win32$|win_|ios_|iphone)/.test(platform))
}
