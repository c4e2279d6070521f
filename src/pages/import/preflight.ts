import type {
  AppVisibility,
  Environment,
  Secret,
  TagDetail,
} from '../../api/generated/types.gen.ts'
import type { Published } from '../../api/published.ts'
import type { Finding } from '../../bundle/finding.ts'
import type { Manifest } from '../../bundle/manifest/manifest.ts'
import { fileSize } from '../../rules/amounts.ts'
import type { Actor } from '../../rules/actor.ts'
import { mayImport, mayImportContainer } from '../../rules/apps.ts'
import { mayEditTag } from '../../rules/tags.ts'
import { hasValidName, hasValidVersion } from './valid-identity.ts'

/** One thing that is looked at before an import. `blocking`: the platform would refuse. */
export type PreflightLine = {
  key: string
  state: 'ok' | 'warning' | 'blocking'
  words: string
  /** What to do, and who can help. */
  help?: string
  /** The app that is in the way. */
  appId?: string
}

/** What is known of the platform; undefined is left out until it is. */
export type PreflightFacts = {
  actor: Actor
  environment: Environment
  published: Published | undefined
  secrets: readonly Secret[] | undefined
  tags: readonly TagDetail[] | undefined
}

/** The bundle as it would be imported; `size` in bytes. */
export type PreflightBundle = {
  manifest: Manifest
  size: number
  visibility: AppVisibility
  /** What the inspector says of it: what isn't valid can't be looked up. */
  findings: readonly Pick<Finding, 'code'>[]
}

/** Everything that the platform would say no to, or that will be missing afterwards, in the order of its weight. */
export function preflight(bundle: PreflightBundle, facts: PreflightFacts): PreflightLine[] {
  const lines = [
    ...mayLines(bundle, facts),
    sizeLine(bundle, facts.environment),
    ...versionLines(bundle, facts),
    ...runtimeLines(bundle, facts.environment),
    ...secretLines(bundle, facts.secrets),
    ...tagLines(bundle, facts),
  ]
  const rank = { blocking: 0, warning: 1, ok: 2 }
  return lines.toSorted((a, b) => rank[a.state] - rank[b.state])
}

const ok = (key: string, words: string): PreflightLine => ({ key, state: 'ok', words })

function mayLines(
  { manifest, visibility }: PreflightBundle,
  { actor, environment }: PreflightFacts,
): PreflightLine[] {
  const lines: PreflightLine[] = []
  const isContainer = manifest.runtime?.appMode === 'container'
  const decision = isContainer ? mayImportContainer(actor) : mayImport(actor)
  if (!decision.allowed) {
    const help = isContainer
      ? 'Ask an admin to import it, or make it a Python app.'
      : 'Ask an admin for full access.'
    lines.push({ key: 'may', state: 'blocking', words: decision.reason, help })
  }
  if (visibility === 'PUBLIC' && !environment.publicMode) {
    lines.push({
      key: 'public',
      state: 'blocking',
      words: 'This platform has no public apps.',
      help: 'Choose another visibility, or ask an admin to turn public apps on.',
    })
  }
  return lines
}

function sizeLine({ size }: PreflightBundle, { limits }: Environment): PreflightLine {
  const most = fileSize(limits.bundleBytes)
  if (size <= limits.bundleBytes) return ok('size', `${fileSize(size)} of at most ${most}`)
  return {
    key: 'size',
    state: 'blocking',
    words: `It has ${fileSize(size)}; ${most} is the most that this platform takes.`,
    help: 'Leave out what the app doesn’t need, or ask an admin to raise the limit.',
  }
}

function versionLines(
  { manifest: { name, version }, findings }: PreflightBundle,
  { actor, environment, published }: PreflightFacts,
): PreflightLine[] {
  if (!hasValidName(findings)) {
    return [
      {
        key: 'version',
        state: 'warning',
        words: 'Whether its name is free is checked once the name is valid.',
        help: 'What is wrong with it is among the findings.',
      },
    ]
  }
  if (published === undefined) return []
  const taken = published.versions.find((each) => each.version === version)
  const { versionsPerName } = environment.limits
  const left = versionsPerName - published.own
  const lines: PreflightLine[] = []
  if (!hasValidVersion(findings)) {
    lines.push({
      key: 'version',
      state: 'warning',
      words: 'Whether its version is free is checked once the version is valid.',
      help: 'What is wrong with it is among the findings.',
    })
  } else if (taken === undefined) lines.push(ok('version', `${name} ${version} is free`))
  else {
    const whose = taken.owner.id === actor.userId ? 'you' : taken.owner.name
    lines.push({
      key: 'version',
      state: 'blocking',
      words: `${name} ${version} is there already, imported by ${whose}.`,
      help: 'Give this one another version; “Changes” suggests the next.',
      appId: taken.id,
    })
  }
  if (left > 0) lines.push(ok('left', `You may import ${left} more of ${versionsPerName} versions`))
  else {
    lines.push({
      key: 'left',
      state: 'blocking',
      words: `You have ${published.own} of ${versionsPerName} versions of ${name}.`,
      help: 'Delete one that nobody uses any more.',
    })
  }
  return lines
}

function runtimeLines({ manifest }: PreflightBundle, environment: Environment): PreflightLine[] {
  const { runtime } = manifest
  if (runtime === null || runtime.appMode === 'container') return []
  const { runtimes } = environment
  const wanted = runtime.runtimeVersion
  const found =
    wanted === null
      ? runtimes.find((each) => each.default)
      : runtimes.find((each) => each.name === wanted)
  if (runtimes.length === 0) {
    return [
      {
        key: 'runtime',
        state: 'warning',
        words: 'This platform has no Python, so the app can’t run.',
        help: 'An admin has to install it.',
      },
    ]
  }
  if (found === undefined) {
    const names = runtimes.map((each) => each.name).join(', ')
    return [
      {
        key: 'runtime',
        state: 'warning',
        words: `It asks for the runtime ${wanted ?? ''}, which this platform doesn’t know.`,
        help: `It runs with another one. Here are: ${names}.`,
      },
    ]
  }
  if (!found.deprecated) return [ok('runtime', `Runs with ${found.title}`)]
  return [
    {
      key: 'runtime',
      state: 'warning',
      words: `${found.title} is deprecated and will go.`,
      help: 'Choose a newer RuntimeVersion.',
    },
  ]
}

function secretLines(
  { manifest }: PreflightBundle,
  secrets: readonly Secret[] | undefined,
): PreflightLine[] {
  const wanted = new Map<string, { secret: string; key: string; optional: boolean }>()
  for (const entry of [...manifest.env, ...manifest.files]) {
    if (!('secret' in entry)) continue
    const id = `${entry.secret}/${entry.secretKey}`
    const optional = entry.optional && (wanted.get(id)?.optional ?? true)
    wanted.set(id, { secret: entry.secret, key: entry.secretKey, optional })
  }
  if (secrets === undefined || wanted.size === 0) return []
  const lines: PreflightLine[] = []
  for (const [id, { secret, key, optional }] of wanted) {
    const found = secrets.filter((each) => each.name === secret)
    if (found.some(({ keys }) => keys.includes(key))) continue
    const what =
      found.length === 0
        ? `The secret “${secret}” is missing`
        : `The secret “${secret}” has no key “${key}”`
    lines.push({
      key: `secret/${id}`,
      state: 'warning',
      words: optional
        ? `${what}; the app starts without it.`
        : `${what}: the app can’t run until it is there.`,
      help: 'It may be there where you can’t see it. Ask an admin.',
    })
  }
  if (lines.length === 0) {
    lines.push(ok('secrets', wanted.size === 1 ? 'Its secret is there' : 'Its secrets are there'))
  }
  return lines
}

function tagLines({ manifest }: PreflightBundle, { actor, tags }: PreflightFacts): PreflightLine[] {
  if (tags === undefined || manifest.tags.length === 0) return []
  const lines: PreflightLine[] = []
  for (const name of manifest.tags) {
    const tag = tags.find((each) => each.name === name)
    if (tag === undefined) {
      lines.push({
        key: `tag/${name}`,
        state: 'warning',
        words: `There is no tag “${name}”, so the app comes without it.`,
        help: 'An admin can create it.',
      })
      continue
    }
    const decision = mayEditTag(actor, tag)
    if (decision.allowed) continue
    lines.push({
      key: `tag/${name}`,
      state: 'warning',
      words: `You may not assign the tag “${tag.title}”. ${decision.reason}`,
      help: 'Ask an admin, or somebody with the role.',
    })
  }
  return lines.length > 0 ? lines : [ok('tags', 'Its tags are there, and yours to assign')]
}
