import { styled } from '@mui/material/styles'
import type { Change, ChangeGroup, Weight } from '../../bundle/compare/change.ts'
import type { Comparison } from '../../bundle/compare/compare-bundles.ts'
import {
  countDifferent,
  type FileChange,
  type FileGroup,
  type FileRole,
} from '../../bundle/compare/compare-files.ts'
import { fileSize } from '../../rules/amounts.ts'
import { Icon } from '../../ui/Icon.tsx'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { ChangeMark } from './ChangeMark.tsx'

const Section = styled('section')(({ theme }) => ({
  minWidth: 0,
  '& > h3': { ...theme.typography.h3, margin: 0 },
  '& > p': {
    ...theme.typography.caption,
    margin: '2px 0 0',
    color: theme.vars.palette.text.tertiary,
  },
  '& > ul': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    margin: '8px 0 0',
    padding: 0,
    listStyle: 'none',
  },
}))

const Row = styled('li')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: '18px minmax(0, 1fr) auto',
  gap: '0 10px',
  padding: '7px 0',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  overflowWrap: 'anywhere',
  '& > svg': { marginTop: 1 },
  '& small': {
    ...theme.typography.caption,
    display: 'block',
    color: theme.vars.palette.text.tertiary,
  },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
  '& > :nth-of-type(3)': {
    color: theme.vars.palette.text.tertiary,
    fontVariantNumeric: 'tabular-nums',
    textAlign: 'end',
  },
}))

const More = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  '&&': { marginTop: 6, color: theme.vars.palette.text.secondary },
}))

const Note = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gridTemplateColumns: 'auto minmax(0, 1fr)',
  gap: 10,
  margin: 0,
  padding: '10px 14px',
  borderRadius: radius.m,
  color: theme.vars.palette.text.secondary,
  backgroundColor: theme.vars.palette.background.sunken,
  overflowWrap: 'anywhere',
  '& > svg': { color: theme.vars.palette.warning.main },
}))

const same: Record<Comparison['content'], string | null> = {
  identical: 'The two are the same to the last byte.',
  repacked: 'The same files, packed again.',
  'same-files': 'The same files.',
  changed: null,
  unknown: null,
}

const roles: Record<FileRole, string> = {
  source: 'Source files',
  static: 'Static files',
  data: 'Data files',
  other: 'Other files',
}

/** What is different between two bundles, part by part; parts without a difference are left out. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const { content, manifest, requirements, packages, presentation, files } = comparison
  const words = same[content]
  return (
    <>
      {comparison.warnings.map(({ code, message }) => (
        <Note key={code}>
          <Icon name="warning" />
          <span>{message}</span>
        </Note>
      ))}
      {words !== null && <Section>{words}</Section>}
      <Changes title="Manifest" group={manifest} />
      <Changes title="Python packages" group={requirements} />
      <Changes title="System packages" group={packages} />
      <Changes title="Looks" group={presentation} />
      {files.map((group) => (
        <Files key={group.role} group={group} />
      ))}
      {comparison.notCompared.length > 0 && (
        <Note>
          <Icon name="warning" />
          <span>
            Not compared, as one of the two can’t be read: {comparison.notCompared.join(', ')}
          </span>
        </Note>
      )}
    </>
  )
}

function Changes({ title, group }: { title: string; group: ChangeGroup }) {
  if (group.changes.length === 0) return null
  return (
    <Section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {group.changes.map((change) => (
          <Row key={`${change.field}/${change.kind}`}>
            <ChangeMark kind={change.kind} />
            <span>
              {change.summary}
              <small>{reasonOf(change)}</small>
            </span>
          </Row>
        ))}
      </ul>
      {group.more > 0 && <More>and {group.more.toLocaleString('en')} more</More>}
    </Section>
  )
}

const steps: Record<Weight, string> = {
  major: 'Major step: ',
  minor: 'Minor step: ',
  patch: '',
  none: '',
}

function reasonOf({ weight, reason }: Change): string {
  return `${steps[weight]}${reason}`
}

function Files({ group }: { group: FileGroup }) {
  const { role, counts, bytesBefore, bytesAfter, changes, more } = group
  if (countDifferent(counts) === 0) return null
  const kinds = ['added', 'removed', 'changed', 'renamed', 'unchanged'] as const
  const parts = kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind].toLocaleString('en')} ${kind}`)
  return (
    <Section aria-label={roles[role]}>
      <h3>{roles[role]}</h3>
      <p>
        {parts.join(', ')} · together {sizes(bytesBefore, bytesAfter)}
      </p>
      <ul>
        {changes.map((change) => (
          <Row key={`${change.kind}/${change.path}`}>
            <ChangeMark kind={change.kind} />
            <span>
              <VisuallyHidden>{change.kind}: </VisuallyHidden>
              <code>{change.from === null ? change.path : `${change.from} → ${change.path}`}</code>
            </span>
            <span>{sizesOf(change)}</span>
          </Row>
        ))}
      </ul>
      {more > 0 && <More>and {more.toLocaleString('en')} more</More>}
    </Section>
  )
}

function sizes(before: number, after: number): string {
  const [old, now] = [fileSize(before), fileSize(after)]
  return old === now ? now : `${old} → ${now}`
}

function sizesOf({ sizeBefore, sizeAfter }: FileChange): string {
  const [before, after] = [sizeBefore ?? sizeAfter ?? 0, sizeAfter ?? sizeBefore ?? 0]
  return sizes(before, after)
}
