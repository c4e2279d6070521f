import { styled } from '@mui/material/styles'
import type { FileChangeKind } from '../../bundle/compare/compare-files.ts'

const Svg = styled('svg')(({ theme }) => ({
  flex: 'none',
  color: theme.vars.palette.info.main,
  backgroundColor: theme.vars.palette.info.soft,
  borderRadius: 4,
  '&[data-kind="added"]': {
    color: theme.vars.palette.success.main,
    backgroundColor: theme.vars.palette.success.soft,
  },
  '&[data-kind="removed"]': {
    color: theme.vars.palette.error.main,
    backgroundColor: theme.vars.palette.error.soft,
  },
}))

const shapes: Record<FileChangeKind, string> = {
  added: 'M9 5v8M5 9h8',
  removed: 'M5 9h8',
  changed: 'M8.3 9a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0',
  renamed: 'M4.8 9h8M10 6l3 3-3 3',
}

/** The shape tells the same as the colour; the words beside it tell both. */
export function ChangeMark({ kind }: { kind: FileChangeKind }) {
  return (
    <Svg width="18" height="18" viewBox="0 0 18 18" data-kind={kind} aria-hidden="true">
      <path
        d={shapes[kind]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </Svg>
  )
}
