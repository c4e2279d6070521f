import { styled } from '@mui/material/styles'

const Mark = styled('mark')(({ theme }) => ({
  color: 'inherit',
  backgroundColor: theme.vars.palette.warning.soft,
  borderRadius: 3,
  boxShadow: `0 0 0 1px ${theme.vars.palette.warning.soft}`,
}))

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The text, with every place marked where one of the words searched for occurs. */
export function Highlight({ text, words }: { text: string; words: string }) {
  const wanted = words.split(/\s+/).filter((word) => word.length > 1)
  if (wanted.length === 0) return text
  // Odd pieces are the matches, because the pattern is one group.
  const pieces = text.split(new RegExp(`(${wanted.map(escaped).join('|')})`, 'giu'))
  return pieces.map((piece, index) =>
    // eslint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
    index % 2 === 1 ? <Mark key={index}>{piece}</Mark> : piece,
  )
}
