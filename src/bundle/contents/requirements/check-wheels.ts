import { error, warning, type Finding } from '../../finding.ts'
import { clip } from '../../manifest/table.ts'
import { fileNameOf, parseAddress } from './address.ts'
import type { Requirement } from './requirement.ts'
import { fitsPython, isForeign, pythonOfRuntime, readWheelName } from './wheel-name.ts'

/**
 * Checks the names of the wheels that are asked for by path or address: whether they're proper (PEP
 * 427), and fit the Python of the runtime (PEP 425) and Linux.
 *
 * @param runtimeVersion the manifest's; its name tells the Python, e.g. `ub2004_py38`
 */
export function checkWheels(
  requirements: readonly Requirement[],
  runtimeVersion: string | null,
): Finding[] {
  const python = pythonOfRuntime(runtimeVersion)
  const findings: Finding[] = []
  for (const requirement of requirements) {
    const fileName = wheelFileOf(requirement)
    if (fileName === null) continue
    const { file: path, line, column, marker, constraint, name, url } = requirement
    const place = { path, line, column }
    const shown = clip(fileName)
    const { wheel, problem } = readWheelName(fileName)
    if (wheel === null) {
      // pip reads the name of a bare path at once, that of "name @ address" only when it fetches it.
      const isCertain = marker === null || (url === null && name === null)
      const message = `"${shown}" is no name for a wheel: ${problem.message}. Give it the name that it was built with.`
      findings.push((isCertain ? error : warning)('requirements.wheel-name', message, place))
      continue
    }
    if (problem !== null) {
      const message = `Newer versions of pip refuse the wheel "${shown}": ${problem.message}. Build it anew.`
      findings.push(warning('requirements.wheel-name', message, place))
    }
    // A marker may choose among wheels for several machines.
    if (marker !== null || constraint) continue
    if (isForeign(wheel)) {
      const message = `The wheel "${shown}" is for ${clip(wheel.platforms.join(', '))}, but apps run on Linux. Add one for Linux.`
      findings.push(warning('requirements.wheel-platform', message, place))
    } else if (python !== null && !fitsPython(wheel, python)) {
      const tags = `${wheel.pythons.join('.')}-${wheel.abis.join('.')}`
      const message = `The wheel "${shown}" is built for ${clip(tags)}, which Python ${python.major}.${python.minor} of the RuntimeVersion "${clip(runtimeVersion ?? '')}" doesn’t take. Add one that fits, or change the RuntimeVersion.`
      findings.push(warning('requirements.wheel-python', message, place))
    }
  }
  return findings
}

function wheelFileOf({ source, path, url }: Requirement): string | null {
  const fileName =
    source === 'file' && path !== null
      ? path.slice(path.lastIndexOf('/') + 1)
      : source === 'url' && url !== null
        ? fileNameOf(parseAddress(url).path)
        : ''
  return /\.whl$/i.test(fileName) && !fileName.includes('${') ? fileName : null
}
