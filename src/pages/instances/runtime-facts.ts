import type { RuntimeStatus } from '../../api/generated/types.gen.ts'

/** What is known of crashes, each in a few words: “exit code 137”, “3 restarts”. */
export function runtimeFacts({ exitCode, restartCount }: RuntimeStatus): string[] {
  return [
    exitCode === null ? '' : `exit code ${exitCode}`,
    restartCount === 0 ? '' : restartCount === 1 ? '1 restart' : `${restartCount} restarts`,
  ].filter((fact) => fact !== '')
}
