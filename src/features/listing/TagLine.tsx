import { styled } from '@mui/material/styles'
import type { App, SearchMatch } from '../../api/generated/types.gen.ts'
import { Highlight } from '../../ui/Highlight.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { matchesIn } from './matches.ts'

const Root = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 6,
  height: 20,
  marginTop: 10,
  overflow: 'hidden',
})

type Props = {
  app: Pick<App, 'name' | 'category' | 'tags'> & { keywords?: readonly string[] }
  matches: readonly SearchMatch[] | undefined
}

/**
 * An app's tags, or its category where it has none. What was searched for comes first, with what a card doesn't show
 * otherwise: nobody should wonder why an app was found.
 */
export function TagLine({ app, matches }: Props) {
  const keywords = (app.keywords ?? []).flatMap((text, index) => {
    const ranges = matchesIn(matches, 'keyword', index)
    return ranges.length === 0 ? [] : [{ text, ranges }]
  })
  const tags = app.tags
    .map((tag, index) => ({ ...tag, ranges: matchesIn(matches, 'tag', index) }))
    .toSorted((a, b) => Number(b.ranges.length > 0) - Number(a.ranges.length > 0))
  const inName = matchesIn(matches, 'name')
  const onlyInName = inName.length > 0 && inName.length === matches?.length
  return (
    <Root>
      {onlyInName && <Chip title={<Highlight text={app.name} ranges={inName} />} />}
      {keywords.map(({ text, ranges }) => (
        <Chip key={text} title={<Highlight text={text} ranges={ranges} />} />
      ))}
      {tags.map(({ id, title, color, ranges }) => (
        <Chip key={id} title={<Highlight text={title} ranges={ranges} />} color={color} />
      ))}
      {tags.length === 0 && <Chip title={app.category} />}
    </Root>
  )
}
