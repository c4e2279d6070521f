import { styled } from '@mui/material/styles'
import { describeError } from './describe-error.ts'

/** What a confirmation lists; the command line below it keeps its distance. */
export const Lost = styled('ul')(({ theme }) => ({
  margin: '8px 0',
  paddingInlineStart: 20,
  listStyleType: 'disc',
  '& b': { fontWeight: 500, color: theme.vars.palette.text.primary },
  '& code': { fontFamily: 'var(--wd-mono)', fontSize: 12.5 },
  '& ~ div': { marginTop: 16 },
}))

const Text = styled('p')(({ theme }) => ({
  ...theme.typography.body2,
  margin: '12px 0 0',
  color: theme.vars.palette.error.main,
  overflowWrap: 'anywhere',
}))

export function ActionError({ error }: { error: unknown }) {
  const { message, facts } = describeError(error)
  return <Text role="alert">{facts === '' ? message : `${message} (${facts})`}</Text>
}
