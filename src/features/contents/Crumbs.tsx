import { styled } from '@mui/material/styles'
import { showName } from '../../bundle/zip/entry-name.ts'
import { foldersAbove } from './bundle-reader.ts'
import { rootName } from './tree-rows.ts'

const Root = styled('nav')(({ theme }) => ({
  ...theme.typography.caption,
  '& ol': {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 4px',
    margin: 0,
    padding: 0,
    listStyle: 'none',
    color: theme.vars.palette.text.tertiary,
  },
  '& li': { display: 'flex', alignItems: 'center', maxWidth: '100%' },
  '& li::after': { content: '"/"' },
  '& button': {
    font: 'inherit',
    minWidth: 24,
    minHeight: 24,
    maxWidth: '100%',
    padding: '2px 4px',
    marginInlineStart: -4,
    border: 0,
    borderRadius: 4,
    background: 'none',
    color: theme.vars.palette.text.secondary,
    cursor: 'pointer',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& button:hover': { color: theme.vars.palette.primary.main, textDecoration: 'underline' },
}))

/** Deeper paths leave out their middle. */
const maxShown = 5

/** The folders that something lies in, as ways back. */
export function Crumbs({ path, onOpen }: { path: string; onOpen: (path: string) => void }) {
  const folders = foldersAbove(path)
  const shown =
    folders.length > maxShown ? [folders[0] ?? '', ...folders.slice(2 - maxShown)] : folders
  if (folders.length === 0) return null
  return (
    <Root aria-label="Folders above">
      <ol>
        {shown.map((folder, index) => (
          <li key={folder}>
            {index === 1 && shown.length < folders.length && <span>… /&nbsp;</span>}
            <button type="button" onClick={() => onOpen(folder)}>
              <bdi>{folder === '' ? rootName : showName(lastPart(folder))}</bdi>
            </button>
          </li>
        ))}
      </ol>
    </Root>
  )
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
