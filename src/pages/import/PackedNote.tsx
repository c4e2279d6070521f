import { styled } from '@mui/material/styles'
import type { LeaveReason } from '../../bundle/pack/choose-files.ts'
import type { PackedFolder } from '../../features/bundles/inspection-protocol.ts'

const Root = styled('details')(({ theme }) => ({
  ...theme.typography.body2,
  padding: '10px 16px',
  borderTop: `1px solid ${theme.vars.palette.line.main}`,
  color: theme.vars.palette.text.secondary,
  [theme.breakpoints.up('sm')]: { paddingInline: 24 },
  '& summary': { cursor: 'pointer' },
  '& ul': {
    display: 'grid',
    gap: 4,
    maxHeight: 220,
    overflowY: 'auto',
    margin: '8px 0 4px',
    padding: 0,
    listStyle: 'none',
  },
  '& li': { overflowWrap: 'anywhere' },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12 },
}))

const why: Record<LeaveReason, string> = {
  always: 'never belongs into a bundle',
  secret: 'mostly holds secrets',
  '.appignore': 'as .appignore says',
  link: 'a link that is not followed',
  outside: 'beside the folder with the app.toml',
}

/** What became of a folder: how much was packed, and what was left out and why. */
export function PackedNote({ packed }: { packed: Omit<PackedFolder, 'blob'> }) {
  const { fileCount, left, leftCount, root } = packed
  const from = root === '' ? '' : ` from “${root}”`
  const summary = `Packed ${counted(fileCount)}${from}; ${leftCount === 0 ? 'nothing' : counted(leftCount)} left out`
  if (left.length === 0)
    return (
      <Root as="p" style={{ margin: 0 }}>
        {summary}
      </Root>
    )
  return (
    <Root>
      <summary>{summary}</summary>
      <ul aria-label="Left out" tabIndex={0}>
        {left.map(({ path, fileCount: inside, reason }) => (
          <li key={path}>
            <code>{path}</code> {why[reason]}
            {path.endsWith('/') && `, ${counted(inside)}`}
          </li>
        ))}
      </ul>
    </Root>
  )
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files.toLocaleString('en')} files`
}
