import { Random } from '../../durability/random.ts'
import { compareWithPython, type Outcome } from './compare.ts'
import { applyEdits, mutate, type Edit } from './mutate.ts'
import type { Oracle } from './oracle.ts'
import { goodArchives, randomArchive } from './plans.ts'

/** An archive on which we and Python disagree, as small as it gets. */
export type Disagreement = {
  index: number
  problems: string[]
  kinds: string[]
  /** Base64. */
  archive: string
  bytes: number
}

export type Figures = {
  count: number
  accepted: number
  glanced: number
  refused: number
  /** How often each code came first. */
  codes: Record<string, number>
  /** How often we refused to read an entry that Python reads, by code. */
  stricter: Record<string, number>
  disagreements: Disagreement[]
  slowest: { index: number; milliseconds: number }
  /** Bytes above what the process had before, at most. */
  memory: { resident: number; buffers: number }
}

type Options = {
  oracle: Oracle
  count: number
  seed: number
  /** Called before each archive, so that somebody else can see a hang. */
  onArchive?: (index: number) => void
}

/** Changes good archives `count` times, the same way for the same seed, and compares each with Python. */
export async function runDifferential({
  oracle,
  count,
  seed,
  onArchive,
}: Options): Promise<Figures> {
  const bases = await goodArchives()
  const before = process.memoryUsage()
  const figures: Figures = {
    count,
    accepted: 0,
    glanced: 0,
    refused: 0,
    codes: {},
    stricter: {},
    disagreements: [],
    slowest: { index: -1, milliseconds: 0 },
    memory: { resident: 0, buffers: 0 },
  }
  for (let index = 0; index < count; index++) {
    onArchive?.(index)
    const { base, edits } = await makeCase(new Random(seed * 1_000_003 + index), bases)
    const since = performance.now()
    const outcome = await tryCompare(oracle, applyEdits(base, edits))
    const milliseconds = performance.now() - since
    if (milliseconds > figures.slowest.milliseconds) figures.slowest = { index, milliseconds }
    addTo(figures, outcome)
    if (outcome.problems.length > 0) {
      figures.disagreements.push(await shrink(oracle, index, base, edits))
    }
    const { rss, arrayBuffers } = process.memoryUsage()
    figures.memory.resident = Math.max(figures.memory.resident, rss - before.rss)
    figures.memory.buffers = Math.max(figures.memory.buffers, arrayBuffers - before.arrayBuffers)
  }
  return figures
}

type Made = { base: Uint8Array; edits: Edit[] }

async function makeCase(random: Random, bases: readonly Uint8Array[]): Promise<Made> {
  const isRandom = random.next() < 0.4
  const base = isRandom ? await randomArchive(random) : (random.pick(bases) ?? new Uint8Array())
  // Some planned ones are odd enough as they are.
  const edits = isRandom && random.next() < 0.3 ? [] : mutate(random, base, bases)
  return { base, edits }
}

async function tryCompare(oracle: Oracle, data: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  try {
    return await compareWithPython(oracle, data)
  } catch (reason) {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)
    return { verdict: 'refused', problems: [`throws ${text}`], stricter: [], code: null }
  }
}

function addTo(figures: Figures, { verdict, code, stricter }: Outcome): void {
  figures[verdict]++
  if (code !== null) figures.codes[code] = (figures.codes[code] ?? 0) + 1
  for (const name of stricter) figures.stricter[name] = (figures.stricter[name] ?? 0) + 1
}

// Leaves out edits, then undoes single bytes, as long as anything stays wrong.
async function shrink(
  oracle: Oracle,
  index: number,
  base: Uint8Array,
  edits: readonly Edit[],
): Promise<Disagreement> {
  const problemsOf = async (data: Uint8Array<ArrayBuffer>) =>
    (await tryCompare(oracle, data)).problems
  let kept = [...edits]
  for (let at = 0; at < kept.length;) {
    const fewer = kept.toSpliced(at, 1)
    if ((await problemsOf(applyEdits(base, fewer))).length > 0) kept = fewer
    else at++
  }
  let data = applyEdits(base, kept)
  if (data.length === base.length) {
    for (const [at, byte] of base.entries()) {
      if (data[at] === byte) continue
      const undone = data.with(at, byte)
      if ((await problemsOf(undone)).length > 0) data = undone
    }
  }
  const problems = await problemsOf(data)
  return {
    index,
    problems,
    kinds: kept.map(
      ({ kind, at, insert }) =>
        `${kind} at ${at}: ${Buffer.from(insert).toString('hex').slice(0, 40)}`,
    ),
    archive: Buffer.from(data).toString('base64'),
    bytes: data.length,
  }
}
