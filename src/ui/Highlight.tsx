import { styled } from '@mui/material/styles'

const Mark = styled('mark')(({ theme }) => ({
  color: 'inherit',
  backgroundColor: theme.vars.palette.warning.soft,
  borderRadius: 3,
  boxShadow: `0 0 0 1px ${theme.vars.palette.warning.soft}`,
}))

/** From the first code unit to before the last one. */
export type TextRange = { readonly start: number; readonly end: number }

/** The text with these ranges marked; they come in order and don't overlap. What lies outside the text marks nothing. */
export function Highlight({ text, ranges }: { text: string; ranges: readonly TextRange[] }) {
  if (ranges.length === 0) return text
  return (
    <>
      {ranges.map(({ start, end }, index) => (
        <span key={start}>
          {text.slice(ranges[index - 1]?.end ?? 0, start)}
          <Mark>{text.slice(start, end)}</Mark>
        </span>
      ))}
      {text.slice(ranges.at(-1)?.end)}
    </>
  )
}
