import { styled } from '@mui/material/styles'
import { radius } from '../../ui/tokens.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

const Root = styled('div')(({ theme }) => ({
  marginTop: 8,
  padding: '6px 0',
  overflowX: 'auto',
  borderRadius: radius.s,
  backgroundColor: theme.vars.palette.background.sunken,
  fontFamily: 'var(--wd-mono)',
  fontSize: 12,
  lineHeight: '19px',
  fontVariantLigatures: 'none',
  '& > div': { display: 'flex', minWidth: 'max-content', paddingInline: 10 },
  '& span': {
    flex: 'none',
    width: 36,
    color: theme.vars.palette.text.tertiary,
    userSelect: 'none',
  },
  '& b': { flex: 'none', width: 16, fontWeight: 500, userSelect: 'none' },
  '& code': { font: 'inherit', whiteSpace: 'pre', color: theme.vars.palette.text.primary },
  '& [data-mark="here"]': { backgroundColor: theme.vars.palette.warning.soft },
  '& [data-mark="+"]': { backgroundColor: theme.vars.palette.success.soft },
  '& [data-mark="-"]': { backgroundColor: theme.vars.palette.error.soft },
}))

export type CodeLine = { number: number | null; text: string; mark: 'here' | '+' | '-' | null }

const spoken = { here: 'This line: ', '+': 'Added: ', '-': 'Removed: ' }

/** Lines of a text, some of them marked. */
export function CodeLines(props: {
  label: string
  lines: readonly CodeLine[]
  /** Where in the line marked `here`, from 1. */
  column?: number | null
}) {
  const { label, lines, column = null } = props
  return (
    <Root role="group" aria-label={label} tabIndex={0}>
      {lines.map(({ number, text, mark }, index) => (
        // Lines have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} data-mark={mark ?? undefined}>
          {number !== null && <span aria-hidden="true">{number}</span>}
          <b aria-hidden="true">{mark === 'here' ? '›' : (mark ?? '')}</b>
          {mark !== null && <VisuallyHidden>{spoken[mark]}</VisuallyHidden>}
          <code>{mark === 'here' ? withCaret(text, column) : text}</code>
        </div>
      ))}
    </Root>
  )
}

const Caret = styled('u')(({ theme }) => ({
  textDecorationColor: theme.vars.palette.error.main,
  textDecorationThickness: 2,
  textUnderlineOffset: 4,
}))

function withCaret(text: string, column: number | null) {
  if (column === null || column > text.length) return text
  const end = text.slice(column - 1).search(/[\s=,\]]|$/)
  const to = column - 1 + Math.max(1, end)
  return (
    <>
      {text.slice(0, column - 1)}
      <Caret>{text.slice(column - 1, to)}</Caret>
      {text.slice(to)}
    </>
  )
}
