import { styled } from '@mui/material/styles'
import type { SkippedTag } from '../../api/generated/types.gen.ts'

const Root = styled('div')(({ theme }) => ({
  ...theme.typography.body2,
  color: theme.vars.palette.text.secondary,
  overflowWrap: 'anywhere',
  '& p': { margin: 0 },
  '& ul': { margin: '4px 0 0', paddingInlineStart: 18 },
  '& strong': { color: theme.vars.palette.text.primary, fontWeight: 500 },
}))

type Props = { tags: readonly SkippedTag[] }

/** The manifest's tags that an import could not assign, each with the reason; nothing where there are none. */
export function SkippedTags({ tags }: Props) {
  if (tags.length === 0) return null
  return (
    <Root role="status">
      <p>
        {tags.length === 1
          ? 'It came without one of its tags:'
          : `It came without ${tags.length} of its tags:`}
      </p>
      <ul>
        {tags.map(({ name, code, message }) => (
          <li key={name}>
            <strong>{name}</strong>. {message}
            {code === 'tag.not-found' && ' An admin can create it.'}
          </li>
        ))}
      </ul>
    </Root>
  )
}
