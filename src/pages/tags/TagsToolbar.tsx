import { styled } from '@mui/material/styles'
import type { TagDetailList, TagKind } from '../../api/generated/types.gen.ts'
import { kindWords } from '../../features/tagging/kind-words.ts'
import { tagKindNames } from '../../rules/tags.ts'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { NativeSelect } from '../../ui/NativeSelect.tsx'
import { TextInput } from '../../ui/TextInput.ts'
import { maxSearchLength, type TagSort, tagSorts } from './tags-params.ts'

const Root = styled('search')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 12,
  marginBottom: 16,
})

const Line = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: 8,
})

const Kinds = styled('fieldset')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 8,
  minWidth: 0,
  margin: 0,
  padding: 0,
  border: 0,
  [theme.breakpoints.down('sm')]: {
    flexWrap: 'nowrap',
    overflowX: 'auto',
    margin: '-4px -16px',
    padding: '4px 16px',
    scrollbarWidth: 'none',
  },
}))

const sortWords: Record<TagSort, string> = {
  title: 'Title, A to Z',
  '-title': 'Title, Z to A',
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
  kind: 'Kind',
  '-kind': 'Kind, backwards',
  '-apps': 'Most apps',
  apps: 'Fewest apps',
}

const sortOptions = tagSorts.map((value) => ({ value, label: sortWords[value] }))

type Props = {
  text: string
  onType: (text: string) => void
  kind: TagKind | null
  kinds: TagDetailList['kinds'] | undefined
  onKind: (kind: TagKind | null) => void
  sort: TagSort
  onSort: (sort: TagSort) => void
}

/** What narrows the tags, and in which order they stand. */
export function TagsToolbar({ text, onType, kind, kinds, onKind, sort, onSort }: Props) {
  return (
    <Root>
      <TextInput
        type="search"
        aria-label="Search tags"
        placeholder="Search by name, title, description or role"
        autoComplete="off"
        spellCheck={false}
        maxLength={maxSearchLength}
        value={text}
        onChange={(event) => onType(event.target.value)}
      />
      <Line>
        <Kinds aria-label="Kind">
          <FilterChip label="All" selected={kind === null} onSelect={() => onKind(null)} />
          {tagKindNames.map((each) => (
            <FilterChip
              key={each}
              label={kindWords[each]}
              {...(kinds === undefined ? {} : { count: kinds[each] })}
              selected={kind === each}
              onSelect={() => onKind(kind === each ? null : each)}
            />
          ))}
        </Kinds>
        <NativeSelect label="Sort by" options={sortOptions} value={sort} onChange={onSort} />
      </Line>
    </Root>
  )
}
