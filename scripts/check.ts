import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkBudget } from './bundle-budget.ts'
import { buildIfStale } from './build.ts'
import { installChromium } from './install-chromium.ts'

const root = path.resolve(import.meta.dirname, '..')

type Outcome = { readonly passed: boolean; readonly output: string }
type Check = {
  readonly name: string
  /** What to do when it fails. */
  readonly help: string
  readonly run: () => Promise<Outcome>
}

/** Runs a program with this Node; its output is shown only when it fails. */
function program(file: string, ...args: readonly string[]): () => Promise<Outcome> {
  return () =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [path.join(root, 'node_modules', file), ...args], {
        cwd: root,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.on('error', (error) => resolve({ passed: false, output: error.message }))
      child.on('exit', (code) => resolve({ passed: code === 0, output }))
    })
}

/** Generated files are committed, so that an editor knows them; here they are made anew and compared. */
async function generatedIsCurrent(): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wavedeck-generated-'))
  try {
    process.env['WAVEDECK_GENERATED'] = folder
    const made = await program('@hey-api/openapi-ts/bin/run.js', '--silent')()
    if (!made.passed) return made
    const { spawnSync } = await import('node:child_process')
    const { status, stdout } = spawnSync('diff', ['-r', 'src/api/generated', folder], {
      cwd: root,
      encoding: 'utf8',
    })
    return { passed: status === 0, output: stdout.slice(0, 4_000) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Looks at every layer; a cruise that found no modules would pass without having looked. */
async function layers(): Promise<Outcome> {
  const outcome = await program(
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    'src',
    'platform',
    'mocks',
    'scripts',
  )()
  const modules = Number(/\((\d+) modules/.exec(outcome.output)?.[1] ?? 0)
  if (outcome.passed && modules < 50) {
    return { passed: false, output: `Only ${modules} modules were looked at.\n${outcome.output}` }
  }
  return outcome
}

async function build(): Promise<Outcome> {
  try {
    await buildIfStale()
    return await checkBudget()
  } catch (error) {
    return { passed: false, output: error instanceof Error ? error.message : String(error) }
  }
}

async function chromium(): Promise<Outcome> {
  try {
    return { passed: true, output: await installChromium() }
  } catch (error) {
    return { passed: false, output: error instanceof Error ? error.message : String(error) }
  }
}

const checks: readonly Check[] = [
  { name: 'format', help: 'npm run format', run: program('oxfmt/bin/oxfmt', '--check') },
  {
    name: 'contract',
    help: 'Mend api/openapi.yaml.',
    run: program('@redocly/cli/bin/cli.js', 'lint', 'api/openapi.yaml'),
  },
  {
    name: 'generated code',
    help: 'It is not what api/openapi.yaml gives: npm run generate',
    run: generatedIsCurrent,
  },
  {
    name: 'types',
    help: 'Mend the types.',
    run: program('ts7/bin/tsc', '--noEmit', '-p', '.'),
  },
  {
    name: 'lint',
    help: 'Mend what is listed; npx oxlint --fix does some of it.',
    run: program('oxlint/bin/oxlint', '--deny-warnings'),
  },
  { name: 'layers', help: 'See the layers in ARCHITECTURE.md.', run: layers },
  { name: 'dead code', help: 'Remove it, or use it.', run: program('knip/bin/knip.js') },
  {
    name: 'unit and contract tests',
    help: 'npx vitest --project unit',
    run: program('vitest/vitest.mjs', 'run', '--project', 'unit'),
  },
  { name: 'build and bundle budget', help: 'See what grew: npx vite build', run: build },
  {
    name: 'browser',
    help: 'Install Chromium, or name one with WAVEDECK_CHROMIUM.',
    run: chromium,
  },
  {
    name: 'component tests',
    help: 'npx vitest --project component',
    run: program('vitest/vitest.mjs', 'run', '--project', 'component'),
  },
  {
    name: 'end-to-end tests',
    help: 'npx playwright test; traces are in test-results/',
    run: program('@playwright/test/cli.js', 'test'),
  },
]

const wanted = process.argv.slice(2)
let passed = 0
let failed = 0
for (const { name, help, run } of checks) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue
  const since = performance.now()
  const outcome = await run()
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  console.log(`${outcome.passed ? 'ok  ' : 'FAIL'}  ${name}  (${seconds} s)`)
  if (outcome.passed) {
    passed += 1
    const counts = /Tests\s+.*|\d+ passed.*|startup JavaScript.*/.exec(outcome.output)?.[0]
    if (counts) console.log(`      ${counts.trim()}`)
  } else {
    failed += 1
    console.log(`\n${outcome.output.trimEnd()}\n\n      What to do: ${help}\n`)
  }
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
