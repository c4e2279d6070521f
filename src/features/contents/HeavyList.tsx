import { styled } from '@mui/material/styles'
import { useId } from 'react'
import { showName } from '../../bundle/zip/entry-name.ts'
import { fileSize } from '../../rules/amounts.ts'
import { radius } from '../../ui/tokens.ts'
import { EntryIcon } from './EntryIcon.tsx'
import { percent } from './percent.ts'

const Root = styled('section')(({ theme }) => ({
  '& h3': { ...theme.typography.body2, fontWeight: 600, margin: '0 0 6px' },
  '& ol': { margin: '0 -8px', padding: 0, listStyle: 'none' },
  '& button': {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) 5em 4.5em',
    alignItems: 'center',
    gap: 8,
    width: '100%',
    minHeight: 32,
    padding: '4px 8px',
    border: 0,
    borderRadius: radius.s,
    background: 'none',
    color: theme.vars.palette.text.primary,
    fontFamily: 'inherit',
    textAlign: 'start',
    fontVariantNumeric: 'tabular-nums',
    cursor: 'pointer',
  },
  '& button:hover': { backgroundColor: theme.vars.palette.background.sunken },
  '& button > svg': { color: theme.vars.palette.text.tertiary },
  '& bdi': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& button > span': { textAlign: 'end', whiteSpace: 'nowrap' },
  '& button > span:last-of-type': { color: theme.vars.palette.text.tertiary },
}))

type Props = {
  title: string
  entries: readonly { path: string; size: number; isFolder: boolean }[]
  /** What the shares are of, in bytes. */
  total: number
  /** The folder that is left out of the names. */
  below?: string
  onOpen: (path: string) => void
}

/** The largest entries in words and numbers: what a treemap says to those who see it. */
export function HeavyList({ title, entries, total, below = '', onOpen }: Props) {
  const id = useId()
  if (entries.length === 0) return null
  return (
    <Root aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ol>
        {entries.map(({ path, size, isFolder }) => {
          const name = showName(below === '' ? path : path.slice(below.length + 1))
          return (
            <li key={path}>
              <button type="button" title={name} onClick={() => onOpen(path)}>
                <EntryIcon kind={isFolder ? 'folder' : 'file'} />
                <bdi>{name}</bdi>
                <span>{fileSize(size)}</span>
                <span>{percent(total === 0 ? 0 : size / total)}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </Root>
  )
}
