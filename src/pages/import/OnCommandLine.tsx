import { styled } from '@mui/material/styles'
import { CommandLine } from '../../ui/CommandLine.tsx'

const Root = styled('section')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 8,
  marginTop: 24,
  '& h3': { ...theme.typography.caption, margin: 0, color: theme.vars.palette.text.tertiary },
}))

/** What does the same as this part of the page, where a checkout of Wavedeck is. */
export function OnCommandLine({ lines }: { lines: readonly string[] }) {
  return (
    <Root aria-label="On the command line">
      <h3>The same on the command line, in Wavedeck’s folder</h3>
      {lines.map((line) => (
        <CommandLine key={line} command={line} />
      ))}
    </Root>
  )
}
