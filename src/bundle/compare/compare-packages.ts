import { parsePackages } from '../contents/packages/parse-packages.ts'
import { compareText } from '../finding.ts'
import { type Change, kindOf, minor, patch } from './change.ts'
import { shownText } from './shown-text.ts'

/** What is different among the packages of the operating system that packages.txt asks for, by name. */
export function comparePackages(before: string | null, after: string | null): Change[] {
  const old = packagesOf(before)
  const now = packagesOf(after)
  const changes: Change[] = []
  for (const name of [...new Set([...old.keys(), ...now.keys()])].toSorted(compareText)) {
    const [from, to] = [old.get(name) ?? null, now.get(name) ?? null]
    if (from === to) continue
    const kind = kindOf(from, to)
    const field = shownText(name)
    const values = {
      before: from === null ? null : shownText(from),
      after: to === null ? null : shownText(to),
    }
    const summary =
      kind === 'changed'
        ? `${values.before} → ${values.after}`
        : `${values.after ?? values.before} ${kind}`
    const judgement =
      kind === 'added'
        ? minor('The app uses a package of the system that it did not use before.')
        : kind === 'removed'
          ? patch('The app uses one package of the system less.')
          : patch('It asks for another version of the same package.')
    changes.push({ field, kind, ...values, summary, ...judgement })
  }
  return changes
}

/** What is asked for, by name and architecture: the name, and a version where one is written. */
function packagesOf(text: string | null): Map<string, string> {
  return new Map(
    parsePackages(text ?? '').packages.map(({ name, architecture, version }) => {
      const key = architecture === null ? name : `${name}:${architecture}`
      return [key, version === null ? key : `${key}=${version}`]
    }),
  )
}
