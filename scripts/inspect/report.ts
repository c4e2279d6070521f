import { sizeText } from '../../src/bundle/compare/size-text.ts'
import type { Finding, Severity, Verdict } from '../../src/bundle/finding.ts'
import type { Inspection } from '../../src/bundle/inspect.ts'
import { CodeFrames } from './code-frame.ts'
import { paint, printable, type Style, terminalWidth, wrap } from './terminal.ts'

/** Pieces of advice that are shown unless all are asked for. */
const MAX_ADVICE = 10
/** Lines of a fix, and characters of each; JSON has all of it. */
const MAX_FIX_LINES = 10
const MAX_FIX_LENGTH = 300

const EXPLANATIONS = 'docs/findings.md'

const COLORS: Record<Severity, Style> = { error: 'red', warning: 'yellow', advice: 'cyan' }
const VERDICTS: Record<Verdict, { mark: string; style: Style; words: string }> = {
  ok: { mark: '✓', style: 'green', words: 'is fine' },
  warn: { mark: '!', style: 'yellow', words: 'can be imported, with warnings' },
  error: { mark: '✗', style: 'red', words: 'would be refused' },
}

/** What an inspection found, in lines for people; whatever the bundle says is only ever text. */
export async function reportLines(
  file: string,
  inspection: Inspection,
  options: { all: boolean },
): Promise<string[]> {
  const { manifest, stats, findings, verdict, archive } = inspection
  const lines = [paint('bold', printable(file))]
  if (manifest !== null) {
    lines.push(`${printable(manifest.title, 100)} ${printable(manifest.version, 100)}`)
  }
  const { fileCount, size, unpackedSize } = stats
  const sizes =
    archive === null
      ? sizeText(size)
      : `${counted(fileCount, 'file')}, ${sizeText(size)} packed, ${sizeText(unpackedSize)} unpacked`
  lines.push(paint('dim', sizes), '')
  const frames = new CodeFrames(archive)
  for (const severity of ['error', 'warning', 'advice'] as const) {
    const same = findings.filter((finding) => finding.severity === severity)
    if (same.length === 0) continue
    const shown = severity === 'advice' && !options.all ? same.slice(0, MAX_ADVICE) : same
    lines.push(paint(['bold', COLORS[severity]], countedSeverity(same.length, severity)), '')
    lines.push(...(await findingLines(shown, frames)))
    const folded = same.length - shown.length
    if (folded > 0) {
      lines.push(`  and ${countedSeverity(folded, severity)} more, which --all shows`, '')
    }
  }
  lines.push(...summaryLines(file, verdict, findings), '')
  return lines
}

/** How it stands with several files. */
export function totalLine(verdicts: readonly Verdict[], unreadable: number): string {
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length
  const parts = [
    `${count('error')} refused`,
    `${count('warn')} with warnings`,
    `${count('ok')} fine`,
    `${unreadable} unreadable`,
  ].filter((part) => !part.startsWith('0 '))
  return `${paint('bold', counted(verdicts.length + unreadable, 'file'))}: ${parts.join(', ')}`
}

// The findings are sorted, so that those of a file follow each other.
async function findingLines(findings: readonly Finding[], frames: CodeFrames): Promise<string[]> {
  const lines: string[] = []
  const width = terminalWidth()
  let before: string | null = null
  for (const finding of findings) {
    const { severity, code, message, path = '', line, column, fix } = finding
    if (path !== before) lines.push(`  ${paint('bold', path === '' ? 'bundle' : printable(path))}`)
    before = path
    const place = [line, column].filter((part) => part !== undefined).join(':')
    lines.push(
      `    ${place === '' ? '' : `${place}  `}${paint(COLORS[severity], code)}`,
      ...wrap(printable(message), width - 6).map((part) => `      ${part}`),
      ...(await frames.of(finding, COLORS[severity], width - 6)).map((row) => `      ${row}`),
      ...(fix === undefined ? [] : fixLines(fix)),
      `      ${paint('dim', `${EXPLANATIONS}#${code}`)}`,
      '',
    )
  }
  return lines
}

// Never wrapped: it is there to be copied.
function fixLines(fix: string): string[] {
  const lines = fix.split('\n')
  const shown = lines.slice(0, MAX_FIX_LINES).map((line) => printable(line, MAX_FIX_LENGTH))
  if (lines.length > shown.length) shown.push('…')
  return shown.map(
    (line, index) => `      ${index === 0 ? `${paint('green', 'fix:')} ` : '     '}${line}`,
  )
}

function summaryLines(file: string, verdict: Verdict, findings: readonly Finding[]): string[] {
  const { mark, style, words } = VERDICTS[verdict]
  const counts = (['error', 'warning', 'advice'] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((finding) => finding.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => countedSeverity(count, severity))
  const result = counts.length === 0 ? '' : `: ${counts.join(', ')}`
  const lines = wrap(`${printable(file)} ${words}${result}`, terminalWidth() - 2)
  return lines.map((line, index) => paint(style, `${index === 0 ? mark : ' '} ${line}`))
}

function countedSeverity(count: number, severity: Severity): string {
  return severity === 'advice' ? `${counted(count, 'piece')} of advice` : counted(count, severity)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
