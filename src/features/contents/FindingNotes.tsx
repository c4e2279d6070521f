import Button from '@mui/material/Button'
import { styled } from '@mui/material/styles'
import type { Finding } from '../../bundle/finding.ts'
import { radius } from '../../ui/tokens.ts'
import { FindingMark } from './FindingMark.tsx'

const Root = styled('ul')(({ theme }) => ({
  ...theme.typography.body2,
  display: 'grid',
  gap: 8,
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': {
    display: 'flex',
    gap: 10,
    alignItems: 'flex-start',
    padding: '8px 12px',
    borderRadius: radius.m,
  },
  '& li > svg, & li > :first-of-type': { marginTop: 2 },
  '& p': { flex: 1, minWidth: 0, margin: 0, overflowWrap: 'anywhere', textWrap: 'pretty' },
  '& [data-severity="error"]': { backgroundColor: theme.vars.palette.error.soft },
  '& [data-severity="warning"]': { backgroundColor: theme.vars.palette.warning.soft },
  '& [data-severity="advice"]': { backgroundColor: theme.vars.palette.info.soft },
  '& li > [data-severity]': { backgroundColor: 'transparent' },
}))

type Props = {
  findings: readonly Finding[]
  /** Leads to a line, counted from 1. Without it lines are only named. */
  onGoTo?: (line: number) => void
}

/** What the inspector says about one file or folder. */
export function FindingNotes({ findings, onGoTo }: Props) {
  if (findings.length === 0) return null
  return (
    <Root aria-label="Findings here">
      {findings.map((finding) => {
        const { severity, code, message, line, column } = finding
        return (
          <li key={`${code} ${line} ${column} ${message}`} data-severity={severity}>
            <FindingMark severity={severity} size={18} />
            <p>{message}</p>
            {line !== undefined && onGoTo !== undefined && (
              <Button
                size="small"
                variant="text"
                sx={{ my: '-6px', mr: '-8px' }}
                onClick={() => onGoTo(line)}
              >
                Line {line.toLocaleString('en')}
              </Button>
            )}
          </li>
        )
      })}
    </Root>
  )
}
