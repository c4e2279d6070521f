import { styled } from '@mui/material/styles'
import { CopyButton } from './CopyButton.tsx'
import { radius } from './tokens.ts'

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  padding: '4px 6px 4px 12px',
  minHeight: 44,
  borderRadius: radius.m,
  backgroundColor: theme.vars.palette.background.sunken,
  '& code': {
    flex: 1,
    minWidth: 0,
    overflowWrap: 'anywhere',
    fontFamily: 'var(--wd-mono)',
    fontSize: 12.5,
    lineHeight: '20px',
    color: theme.vars.palette.text.primary,
  },
  '& code::before': { content: '"$ "', color: theme.vars.palette.text.tertiary },
}))

/** What one would type to do the same, ready to copy. The prompt is drawn, not part of the text. */
export function CommandLine({ command }: { command: string }) {
  return (
    <Root>
      <code>{command}</code>
      <CopyButton text={command} />
    </Root>
  )
}
